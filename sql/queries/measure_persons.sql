-- Persons: distinct participants among participations, and anonymous participants. See measure_frame.sql for the arguments.

-- name: Measures.Persons
-- row: PersonCountRow
-- A person can be in several insatser, ages, educations and referrers: one row per person and level before counting, in numbers
-- alone, since all of them are sorted. Nobody has two genders, so that one is added up afterwards.
WITH person AS (
    SELECT
        f.participant_id, p.from_day, l.level_id, c.level_key, MIN(@ByGender * f.gender) AS gender,
        MAX(CASE WHEN f.started_day >= p.from_day THEN 1 ELSE 0 END) AS is_new,
        MAX(CASE WHEN f.ended_day <= p.to_day THEN 1 ELSE 0 END) AS has_ended,
        MAX(CASE WHEN f.ended_day <= p.to_day THEN 0 ELSE 1 END) AS is_ongoing
    FROM [#participation_fact] f
    CROSS JOIN [#period] p
    CROSS JOIN [#insats_level] l
    CROSS JOIN [#code_level] c
    WHERE f.started_day <= @LastDay AND f.ended_day >= @FirstDay
        AND (@Gender = 0 OR f.gender = @Gender) AND (@AgeGroups = '' OR @AgeGroups LIKE CONCAT('%,', f.age_group, ',%'))
        AND f.started_day <= p.to_day AND f.ended_day >= p.from_day
        AND l.insats_id = f.insats_id
        AND c.code_key = @ByAge * f.age_group * 10000 + @ByEducation * f.education * 100 + @ByReferrer * f.referrer
    GROUP BY f.participant_id, l.level_id, c.level_key, p.from_day
),
counted AS (
    SELECT from_day, level_id, gender, level_key,
        COUNT(*) AS in_period, SUM(is_new) AS started, SUM(has_ended) AS ended, SUM(is_ongoing) AS ongoing_at_end
    FROM person
    GROUP BY from_day, level_id, gender, level_key
)
SELECT
    p.period_from, p.period_to, k.level_id AS insats_level, g.level_code AS gender, c.age_group_code AS age_group,
    c.education_code AS education, c.referrer_code AS referrer,
    SUM(k.in_period) AS in_period, SUM(k.started) AS started, SUM(k.ended) AS ended, SUM(k.ongoing_at_end) AS ongoing_at_end
FROM counted k
CROSS JOIN [#period] p
CROSS JOIN [#level_code] c
CROSS JOIN [#dimension_level] g
WHERE p.from_day = k.from_day
    AND c.level_key = k.level_key
    AND g.dimension = 'gender' AND g.number = k.gender
GROUP BY p.period_from, p.period_to, k.level_id, g.level_code, c.age_group_code, c.education_code, c.referrer_code;

-- name: Measures.HeadCounts
-- row: HeadCountRow
-- Head counts by gender, in periods that hold the year or the half-year they were reported for: anonymous participants, and
-- apart from them (is_structural) those who came to structural insatser, which have no participants.
-- is_unplaced: 1 when some were reported for a longer time than the period, so that its number can't be told.
-- is_at_most: 1 when halves or years are added, so that who was there in both is counted twice; least_people then, if all were.
-- @AgeGroups leaves nobody out here: nobody's age is known, and the caller says so. Women and men stand beside the whole also
-- without @ByGender: whether both are known says what the whole is.
WITH spanned AS (
    SELECT
        p.period_from, p.period_to, s.insats_id, n.sort_order AS gender, s.is_at_most, s.number_of_people, s.least_people,
        CASE WHEN s.span_kind = 'year' AND s.year_from >= p.period_from AND s.year_to <= p.period_to THEN 1
             WHEN s.span_kind = 'half' AND (s.year_from < p.period_from OR s.year_to > p.period_to)
                  AND s.span_from >= p.period_from AND s.span_to <= p.period_to THEN 1
             ELSE 0 END AS is_held,
        CASE WHEN s.span_kind = 'half' AND (s.year_from < p.period_from OR s.year_to > p.period_to) THEN 1 ELSE 0 END AS is_part
    FROM [#period] p
    JOIN head_count_span s ON s.forbund_id = @ForbundId AND s.span_from <= p.period_to AND s.span_to >= p.period_from
    JOIN gender n ON n.code = s.gender AND (@Gender = 0 OR n.sort_order = @Gender) AND (@WithoutGender = 0 OR n.sort_order <> @WithoutGender)
),
counted AS (
    SELECT period_from, period_to, insats_id, gender,
        SUM(CASE WHEN is_held = 1 THEN COALESCE(number_of_people, 0) ELSE 0 END) AS number_of_people,
        MAX(CASE WHEN is_part = 1 AND (number_of_people IS NULL OR (is_held = 0 AND number_of_people > 0)) THEN 1 ELSE 0 END) AS is_unplaced,
        MAX(CASE WHEN is_held = 1 THEN is_at_most ELSE 0 END) AS is_at_most,
        MAX(CASE WHEN is_held = 1 THEN least_people ELSE 0 END) AS least_people,
        SUM(CASE WHEN is_held = 1 AND number_of_people > 0 THEN 1 ELSE 0 END) AS terms
    FROM spanned
    GROUP BY period_from, period_to, insats_id, gender
)
SELECT c.period_from, c.period_to, l.level_id AS insats_level, g.level_code AS gender,
    CASE WHEN i.orientation = 'structural' THEN 1 ELSE 0 END AS is_structural,
    SUM(c.number_of_people) AS number_of_people, SUM(c.least_people) AS least_people, MAX(c.is_unplaced) AS is_unplaced,
    MAX(CASE WHEN c.terms > 1 THEN 1 ELSE c.is_at_most END) AS is_at_most
FROM counted c
JOIN insats i ON i.id = c.insats_id
JOIN [#insats_level] l ON l.insats_id = c.insats_id
JOIN [#dimension_level] g ON g.dimension = 'gender' AND g.number = c.gender
GROUP BY c.period_from, c.period_to, l.level_id, g.level_code, CASE WHEN i.orientation = 'structural' THEN 1 ELSE 0 END;

-- name: Measures.HeadCountSlots
-- row: HeadCountSlotRow
-- What should have been reported (asked_head_count): each half-year of a period, by insats that was open in both, and gender (of a
-- structural insats unknown, which is all of them), whatever @Gender says. Which halves have begun is the caller's to say.
SELECT p.period_from, p.period_to, l.level_id AS insats_level, i.id AS insats_id, a.half_from, a.gender,
    a.is_structural, a.is_reported
FROM [#period] p
JOIN asked_head_count a ON a.forbund_id = @ForbundId AND a.half_from <= p.period_to AND a.half_to >= p.period_from
JOIN insats i ON i.id = a.insats_id AND i.starts_on <= p.period_to AND (i.ends_on IS NULL OR i.ends_on >= p.period_from)
JOIN [#insats_level] l ON l.insats_id = i.id;
