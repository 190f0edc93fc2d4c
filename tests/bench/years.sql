-- Three years of sheets, 34 a year for each pupil, with what they forecast, as if they had been issued week by week.
WITH RECURSIVE week(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM week WHERE n < 101)
INSERT INTO sheet (number, pupil, form, kind, period, running, issue, until_day, import, told_import, told_until, stamp,
                   account, pages, sha256, delivery, copies, file, layout, returned, printed)
SELECT printf('%d-W%02d-%d', 2023 + n / 34, n % 34 + 1, pupil), pupil, '5А', 1,
       printf('%d-W%02d', 2023 + n / 34, n % 34 + 1), pupil, 1, 19600 + n * 7, 3, 0, NULL,
       date('2023-09-08', (n / 34 * 365 + n % 34 * 7) || ' days') || ' 16:00:00', 'office', 2,
       printf('%064d', pupil), 'hand', 1, '', 'weekly', '', ''
FROM week, pupil;
INSERT INTO forecast
SELECT sheet, value, pupil, 2023, 1, 50, 0, 0, 500, 500, 4, 4 FROM sheet, json_each('[1,2,3,4,5,6,7,8]');
INSERT INTO audit (stamp, account, what) SELECT stamp, account, number FROM sheet;
