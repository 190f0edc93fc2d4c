# The faces, cut from Debian's fonts-paratype: every character that a sheet may need, no hinting, no layout tables.
# press cuts them again for a PDF.
PARATYPE ?= /usr/share/fonts/truetype/paratype
FONTDIR := $(B)/fonts
FACES := sans sans-bold sans-italic narrow narrow-bold serif serif-bold
FONTS := $(FACES:%=$(FONTDIR)/%.ttf)

FACE_sans := PTS55F
FACE_sans-bold := PTS75F
FACE_sans-italic := PTS56F
FACE_narrow := PTN57F
FACE_narrow-bold := PTN77F
FACE_serif := PTF55F
FACE_serif-bold := PTF75F

# Latin with its extensions A and the comma-below letters, spacing and combining accents, Greek as far as mathematics
# takes it, Cyrillic with its supplement, punctuation, super- and subscripts, currency, № ™, fractions, arrows,
# arithmetic, shapes. What a face lacks is left out.
REPERTOIRE := 20-7E,A0-17F,218-21B,2B0-36F,370-3FF,400-52F,2000-205E,2070-209F,20A0-20BF,2100-214F,2150-215F,2190-21FF,2200-22FF,25A0-25FF,2713

$(FONTDIR)/%.ttf: $(PARATYPE)/PTS55F.ttf fonts/fonts.mk
	@mkdir -p $(@D)
	hb-subset --font-file=$(PARATYPE)/$(FACE_$*).ttf --unicodes=$(REPERTOIRE) --no-hinting --layout-features= \
	  --drop-tables+=GSUB,GPOS,GDEF,kern,DSIG,gasp,LTSH,VDMX,hdmx,FFTM --output-file=$@

fonts: $(FONTS)
data: $(FONTS)
$(UNIT): | $(FONTS)

.PHONY: fonts
