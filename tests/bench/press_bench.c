/* How fast pages become PDF, against the floor: `press_bench FONTS [PUPILS]`. Bytes are made in memory; writing them to
 * disk costs both the same and is left out, but for the memory of a bundle, which goes into a file as a batch's does.
 * With a folder as third argument it leaves a file of each there. */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "floor.h"
#include "press/press.h"
#include "typeset/metrics.h"

enum { ROUNDS = 7, ITEMS_MOST = 400, MM = 2835 };

static const char *const files[FACE_COUNT] = {"sans.ttf",        "sans-bold.ttf", "sans-italic.ttf", "narrow.ttf",
                                              "narrow-bold.ttf", "serif.ttf",     "serif-bold.ttf"};
static const char *const days[] = {"Понедельник", "Вторник", "Среда", "Четверг", "Пятница"};
static const char *const subjects[] = {
    "Русский язык", "Математика", "Литературное чтение", "Физическая культура", "Окружающий мир",
    "Коми язык",    "Музыка",     "Английский язык",     "Технология",          "Изобразительное искусство"};
static const char *const topics[] = {"Состав слова. Корень",
                                     "Таблица умножения на 6",
                                     "А. С. Пушкин. «Сказка о царе Салтане»",
                                     "Лыжная подготовка",
                                     "Разнообразие растений",
                                     "Счёт: ӧтик, кык, куим",
                                     "Опера «Садко»",
                                     "My family. Present Simple",
                                     "Оригами. Складывание по схеме",
                                     "Натюрморт"};
static const char *const homeworks[] = {"с. 84, упр. 158; правило на с. 82",
                                        "с. 58 № 4, 6",
                                        "выучить отрывок, с. 131–132",
                                        "форма, сменная обувь",
                                        "гербарий: 3 листа",
                                        "словарь, с. 33",
                                        "прослушать запись",
                                        "с. 43 упр. 4, слова",
                                        "цветная бумага, клей",
                                        "альбом, краски, кисти № 2, 5"};
static const char *const works[] = {"диктант ×2", "устный ответ", "самост. работа", "проект", "контр. раб. ×3"};
static const char *const names[] = {"Вокуева Дарья Ивановна", "Рочев Иван Петрович", "Ӧньӧ Степан Ильич",
                                    "Попова Анна Сергеевна", "Щербак Юрий Эдуардович"};

struct sheet {
    struct page pages[2];
    struct item items[2][ITEMS_MOST];
    char texts[ITEMS_MOST][64];
    size_t text_count, seed;
};

static void add(struct sheet *sheet, int side, struct item item)
{
    struct page *page = &sheet->pages[side];
    if (page->item_count == ITEMS_MOST)
        abort();
    sheet->items[side][page->item_count++] = item;
}

static void text(struct sheet *sheet, int side, int32_t x, int32_t y, enum face face, int32_t size, int32_t grey,
                 const char *words)
{
    add(sheet, side,
        (struct item){
            .kind = ITEM_TEXT, .x = x, .y = y, .face = face, .size = size, .fill = grey, .text = words, .stroke = -1});
}

static const char *written(struct sheet *sheet, const char *format, size_t value)
{
    char *room = sheet->texts[sheet->text_count++];
    snprintf(room, sizeof sheet->texts[0], format, value);
    return room;
}

static void rule(struct sheet *sheet, int side, int32_t x, int32_t y, int32_t width, int32_t thick, int32_t dash)
{
    add(sheet, side,
        (struct item){.kind = ITEM_LINE, .x = x, .y = y, .w = width, .fill = -1, .stroke_width = thick, .dash = dash});
}

static size_t dice(struct sheet *sheet, size_t sides)
{
    sheet->seed = sheet->seed * 6364136223846793005U + 1442695040888963407U;
    return (sheet->seed >> 33) % sides;
}

static void head(struct sheet *sheet, int side, size_t pupil)
{
    text(sheet, side, 51024, 38000, FACE_SANS, 7500, 80, "МАОУ «Прогимназия № 81 „Здравствуй!“», г. Сыктывкар");
    text(sheet, side, 51024, 55000, FACE_SERIF_BOLD, 19000, 0, "16–21 ноября 2026");
    text(sheet, side, 51024, 69000, FACE_SANS, 8500, 0, "1-й триместр, 12-я неделя · до конца триместра 9 дней");
    text(sheet, side, 400000, 50000, FACE_SERIF_BOLD, 13500, 0, names[pupil % 5]);
    text(sheet, side, 400000, 69000, FACE_SANS, 8500, 0, written(sheet, "лист № 2026-W47-3А-%02zu", pupil));
    rule(sheet, side, 51024, 77000, 510000, 600, 0);
}

static void lesson(struct sheet *sheet, int32_t x, int32_t y, size_t number)
{
    size_t what = dice(sheet, 10), mark = dice(sheet, 7);
    text(sheet, 0, x, y, FACE_SANS, 6500, 96, written(sheet, "%zu", number));
    text(sheet, 0, x + 15000, y, FACE_SANS_BOLD, 9300, 0, subjects[what]);
    text(sheet, 0, x + 90000, y, FACE_NARROW, 8800, 64, topics[what]);
    text(sheet, 0, x + 15000, y + 11000, FACE_SANS_BOLD, 6200, 80, "ЗАДАНО");
    sheet->items[0][sheet->pages[0].item_count - 1].spacing = 300;
    text(sheet, 0, x + 46000, y + 11000, FACE_SANS, 9000, 0, homeworks[what]);
    if (mark < 4) {
        text(sheet, 0, x + 235000, y + 3000, FACE_SERIF_BOLD, 15000, 0, written(sheet, "%zu", 2 + mark));
        text(sheet, 0, x + 205000, y + 14000, FACE_NARROW, 7000, 0, works[dice(sheet, 5)]);
    }
    rule(sheet, 0, x, y + 18000, 248000, 300, 0);
}

static void front(struct sheet *sheet, size_t pupil)
{
    head(sheet, 0, pupil);
    for (int day = 0; day < 5; day++) {
        int32_t x = day < 3 ? 51024 : 313000, y = 92000 + (day < 3 ? day : day - 3) * 165000;
        text(sheet, 0, x, y, FACE_SANS_BOLD, 10000, 0, days[day]);
        text(sheet, 0, x + 200000, y, FACE_SANS, 8500, 80, written(sheet, "%zu ноября", 16 + (size_t)day));
        rule(sheet, 0, x, y + 5000, 248000, 600, 0);
        for (int i = 0; i < 5; i++)
            lesson(sheet, x, y + 18000 + i * 28000, (size_t)i + 1);
    }
    text(sheet, 0, 313000, 440000, FACE_SERIF_BOLD, 11000, 0, "Изменилось после прошлого листа");
    for (int i = 0; i < 4; i++) {
        text(sheet, 0, 325000, 455000 + i * 14000, FACE_SANS_BOLD, 9000, 0, "12 ноября, Русский язык:");
        text(sheet, 0, 440000, 455000 + i * 14000, FACE_SANS, 9000, 0, "добавлена отметка за устный счёт");
    }
    rule(sheet, 0, 51024, 745000, 510000, 500, 2000);
    text(sheet, 0, 51024, 757000, FACE_SANS_BOLD, 8000, 0, "Отрывной талон.");
    text(sheet, 0, 120000, 757000, FACE_SANS, 8000, 0, "Верните талон с учеником до среды, 25 ноября.");
    text(sheet, 0, 120000, 768000, FACE_SANS_ITALIC, 8000, 80, "Вопрос учителю можно написать на обороте.");
}

static void back(struct sheet *sheet, size_t pupil)
{
    head(sheet, 1, pupil);
    static const char *const columns[] = {"предмет",  "отметки триместра", "среднее",
                                          "пропуски", "прогноз",           "до пятёрки"};
    static const int32_t at[] = {51024, 170000, 330000, 380000, 430000, 490000};
    for (int i = 0; i < 6; i++)
        text(sheet, 1, at[i], 95000, FACE_NARROW_BOLD, 8000, 64, columns[i]);
    for (int i = 0; i < 10; i++) {
        int32_t y = 110000 + i * 17000;
        text(sheet, 1, at[0], y, FACE_SANS_BOLD, 9000, 0, subjects[i]);
        char *marks = sheet->texts[sheet->text_count++];
        for (size_t k = 0; k < 24; k += 2) {
            marks[k] = (char)('2' + dice(sheet, 4));
            marks[k + 1] = ' ';
        }
        text(sheet, 1, at[1], y, FACE_SANS, 9500, 0, marks);
        text(sheet, 1, at[2], y, FACE_SANS, 9000, 0, written(sheet, "4,%02zu", dice(sheet, 100)));
        text(sheet, 1, at[3], y, FACE_SANS, 9000, 0, written(sheet, "%zu", dice(sheet, 9)));
        text(sheet, 1, at[4], y, FACE_NARROW, 8500, 0, written(sheet, "«4» с вероятностью %zu %%", dice(sheet, 100)));
        text(sheet, 1, at[5], y, FACE_NARROW, 8500, 64, written(sheet, "ещё %zu пятёрок", 5 + dice(sheet, 9)));
        rule(sheet, 1, 51024, y + 5000, 510000, 300, 0);
    }
    text(sheet, 1, 51024, 310000, FACE_SERIF_BOLD, 11000, 0, "Следующая неделя");
    for (int day = 0; day < 5; day++) {
        int32_t x = 51024 + day * 102000;
        text(sheet, 1, x, 326000, FACE_SANS_BOLD, 8500, 0, days[day]);
        for (int i = 0; i < 5; i++) {
            size_t what = dice(sheet, 10);
            text(sheet, 1, x, 338000 + i * 22000, FACE_NARROW, 8800, 0, subjects[what]);
            text(sheet, 1, x, 347000 + i * 22000, FACE_NARROW, 7500, 80, homeworks[what]);
        }
    }
    static const char *const notes[] = {"Последний учебный день триместра 27 ноября. Каникулы 28 ноября – 6 декабря,",
                                        "занятия начнутся в понедельник, 7 декабря, по обычному расписанию.",
                                        "Родительское собрание 25 ноября в 18:00, кабинет 14: итоги триместра."};
    text(sheet, 1, 51024, 470000, FACE_SERIF, 11000, 0, "Объявления");
    for (int i = 0; i < 6; i++)
        text(sheet, 1, 51024, 486000 + i * 12000, FACE_SANS, 9000, 0, notes[i % 3]);
    for (int i = 0; i < 5; i++)
        rule(sheet, 1, 51024, 760000 + i * 15000, 510000, 300, 0);
}

static void draw(struct sheet *sheet, size_t pupil)
{
    sheet->seed = pupil + 1;
    for (int side = 0; side < 2; side++)
        sheet->pages[side] = (struct page){.width = 595276, .height = 841890, .items = sheet->items[side]};
    front(sheet, pupil);
    back(sheet, pupil);
}

static double now(void)
{
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static struct press *open_press(const struct metrics *metrics)
{
    struct err err = {0};
    struct press *press = NULL;
    if (!press_open(metrics, &press, &err)) {
        fprintf(stderr, "press_bench: %s\n", err.text);
        exit(ERR_MACHINE);
    }
    return press;
}

static void finish(struct press_job *job, struct buffer *out)
{
    struct err err = {0};
    if (!press_finish(job, out, &err)) {
        fprintf(stderr, "press_bench: %s\n", err.text);
        exit(ERR_MACHINE);
    }
}

struct run {
    const struct metrics *metrics;
    struct press *press;
    const char *const *paths;
    const struct page *pages; /* of all the sheets */
    size_t from, until;
    struct buffer out;
    double size;
};

static void *press_files(void *data)
{
    struct run *run = data;
    run->size = 0;
    for (size_t i = run->from; i < run->until; i++) {
        struct press_job *job = press_begin(run->press, "Лист № 2026-W47-3А");
        press_page(job, &run->pages[2 * i]);
        press_page(job, &run->pages[2 * i + 1]);
        finish(job, &run->out);
        run->size += (double)run->out.size;
    }
    return NULL;
}

static void press_bundle(struct run *run)
{
    struct press_job *job = press_begin(run->press, "Неделя 2026-W47");
    for (size_t i = run->from; i < run->until; i++) {
        press_bookmark(job, i % 25 == 0 ? 0 : 1, names[i % 5]);
        press_page(job, &run->pages[2 * i]);
        press_page(job, &run->pages[2 * i + 1]);
    }
    finish(job, &run->out);
    run->size = (double)run->out.size;
}

static void *floor_files(void *data)
{
    struct run *run = data;
    size_t count = run->until - run->from;
    struct floor *floor = floor_open(run->paths, &run->pages[2 * run->from], 2 * count);
    run->size = 0;
    for (size_t i = run->from; i < run->until; i++) {
        floor_print(floor, &run->pages[2 * i], 2, &run->out);
        run->size += (double)run->out.size;
    }
    floor_free(floor);
    return NULL;
}

static void floor_bundle(struct run *run)
{
    struct floor *floor = floor_open(run->paths, run->pages, 2 * run->until);
    floor_print(floor, run->pages, 2 * run->until, &run->out);
    run->size = (double)run->out.size;
    floor_free(floor);
}

/* Each half on a thread of its own. */
static void by_two(struct run *run, void *print(void *run))
{
    struct run half = *run;
    size_t count = run->until;
    pthread_t thread;
    half.out = (struct buffer){0};
    half.from = count / 2;
    run->until = count / 2;
    if (pthread_create(&thread, NULL, print, &half) != 0)
        abort();
    print(run);
    pthread_join(thread, NULL);
    run->until = count;
    run->size += half.size;
    buffer_free(&half.out);
}

/* FLOOR_TWO: halves that share nothing, so what this machine makes of two threads at best. */
enum { FLOOR_FILES, FLOOR_TWO, PRESS_FILES, PRESS_TWO, FLOOR_BUNDLE, PRESS_BUNDLE, KINDS };

/* Preparing the faces belongs to the run. */
static void work(struct run *run, int kind)
{
    if (kind == FLOOR_FILES)
        floor_files(run);
    else if (kind == FLOOR_TWO)
        by_two(run, floor_files);
    else if (kind == FLOOR_BUNDLE)
        floor_bundle(run);
    if (kind == FLOOR_FILES || kind == FLOOR_TWO || kind == FLOOR_BUNDLE)
        return;
    run->press = open_press(run->metrics);
    if (kind == PRESS_TWO)
        by_two(run, press_files);
    else if (kind == PRESS_BUNDLE)
        press_bundle(run);
    else
        press_files(run);
    press_free(run->press);
    run->press = NULL;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static long resident(void)
{
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* A bundle of `count` sheets, the same pages over and over, as a batch makes it: each drawn, added, and forgotten. */
static void bundle_to_file(struct run *run, size_t count)
{
    struct err err = {0};
    struct file_writing *file = NULL;
    char path[] = "/tmp/press-bench-XXXXXX";
    int fd = mkstemp(path);
    run->press = open_press(run->metrics);
    if (fd < 0 || close(fd) != 0 || !file_begin_aside(path, false, &file, &err))
        abort();
    struct press_job *job = press_begin(run->press, "Неделя 2026-W47");
    press_into(job, file);
    for (size_t i = 0; i < count; i++) {
        struct press_pack *pack = NULL;
        if (!press_draw(run->press, &run->pages[2 * (i % run->until)], 2, &pack, &err))
            abort();
        press_bookmark(job, i % 25 == 0 ? 0 : 1, names[i % 5]);
        press_add(job, pack, true);
        press_pack_free(pack);
    }
    if (!file_end(file, press_finish(job, NULL, &err), &err))
        abort();
    unlink(path);
    press_free(run->press);
}

/* What pressing adds to the peak of a process of its own that holds the drawn pages already. */
static void report_memory(struct run *run, size_t bundled, const char *title)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        long before = resident();
        if (bundled > 0)
            bundle_to_file(run, bundled);
        else
            work(run, PRESS_FILES);
        printf("%-36s %10.1f MB of %zu sheets\n", title, (double)(resident() - before) / 1024,
               bundled > 0 ? bundled : run->until);
        fflush(stdout);
        _exit(0);
    }
    if (child > 0)
        waitpid(child, NULL, 0);
}

static void leave(struct run *run, const char *folder)
{
    static const char *const names_of[KINDS] = {"floor.pdf",       NULL, "press.pdf", NULL, "floor-bundle.pdf",
                                                "press-bundle.pdf"};
    for (int kind = 0; kind < KINDS; kind++) {
        char path[4096];
        FILE *file = NULL;
        if (!names_of[kind])
            continue;
        work(run, kind);
        snprintf(path, sizeof path, "%s/%s", folder, names_of[kind]);
        if ((file = fopen(path, "wb")) != NULL) {
            fwrite(run->out.data, 1, run->out.size, file);
            fclose(file);
        }
    }
}

static void report(struct run *run)
{
    static const char *const titles[KINDS] = {"floor, one file each", "floor, one file each, two threads",
                                              "press, one file each", "press, one file each, two threads",
                                              "floor, one bundle",    "press, one bundle"};
    static const int against[KINDS] = {-1, FLOOR_FILES, FLOOR_FILES, PRESS_FILES, -1, FLOOR_BUNDLE};
    double times[KINDS][ROUNDS], middle[KINDS], sizes[KINDS];
    double pupils = (double)run->until;
    for (int round = 0; round < ROUNDS; round++) {
        for (int kind = 0; kind < KINDS; kind++) {
            double start = now();
            work(run, kind);
            times[kind][round] = (now() - start) / pupils;
            sizes[kind] = run->size / 1024 / pupils;
        }
    }
    printf("%-36s %10s %8s %8s\n", "two-page sheets", "ms a pupil", "KB", "ratio");
    for (int kind = 0; kind < KINDS; kind++) {
        qsort(times[kind], ROUNDS, sizeof times[kind][0], by_size);
        middle[kind] = times[kind][ROUNDS / 2];
        printf("%-36s %10.3f %8.1f", titles[kind], middle[kind], sizes[kind]);
        if (against[kind] >= 0)
            printf(" %8.2f", middle[kind] / middle[against[kind]]);
        printf("\n");
    }
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct metrics *metrics = NULL;
    const char *folder = argc > 1 ? argv[1] : "build/fonts", *paths[FACE_COUNT];
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 200;
    if (count < 2 || !metrics_open(folder, &metrics, &err)) {
        fprintf(stderr, "press_bench: %s\n", count < 2 ? "at least two pupils" : err.text);
        return ERR_MACHINE;
    }
    for (int face = 0; face < FACE_COUNT; face++) {
        char *path = mem_alloc(strlen(folder) + 32);
        sprintf(path, "%s/%s", folder, files[face]);
        paths[face] = path;
    }
    struct sheet *sheets = mem_alloc(count * sizeof *sheets);
    struct page *pages = mem_alloc(2 * count * sizeof *pages);
    for (size_t i = 0; i < count; i++) {
        draw(&sheets[i], i);
        memcpy(&pages[2 * i], sheets[i].pages, sizeof sheets[i].pages);
    }
    struct run run = {.metrics = metrics, .paths = paths, .pages = pages, .until = count};
    report_memory(&run, 0, "press, one file each, memory");
    report_memory(&run, 200, "press, one bundle into a file, memory");
    report_memory(&run, 2000, "press, one bundle into a file, memory");
    if (argc > 3)
        leave(&run, argv[3]);
    else
        report(&run);
    buffer_free(&run.out);
    for (int face = 0; face < FACE_COUNT; face++)
        mem_free((void *)paths[face]);
    mem_free(pages);
    mem_free(sheets);
    metrics_free(metrics);
    return 0;
}
