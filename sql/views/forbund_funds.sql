-- Grain: one row per förbund and calendar year that has members. kronor: all that they give; null where a member's sum is not known, or
-- nobody is entered of a kind that pays by law: a sum without them would be too small.
CREATE VIEW forbund_funds AS
SELECT contribution.forbund_id, contribution.calendar_year,
    CASE WHEN COUNT(contribution.kronor) = COUNT(*) AND COUNT(DISTINCT CASE WHEN kind.share_percent IS NOT NULL THEN kind.code END)
        = (SELECT COUNT(*) FROM contributor_kind by_law WHERE by_law.share_percent IS NOT NULL) THEN SUM(contribution.kronor) END AS kronor
FROM forbund_contribution contribution
JOIN contributor_kind kind ON kind.code = contribution.kind
GROUP BY contribution.forbund_id, contribution.calendar_year;
