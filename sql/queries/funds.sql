-- What the members give the förbund each year, and what it owns.

-- name: Funds.OfYear
-- row: ContributionRow
SELECT contribution.name, contribution.kind, kind.label AS kind_label, contribution.kronor, contribution.version
FROM forbund_contribution contribution
JOIN contributor_kind kind ON kind.code = contribution.kind
WHERE contribution.forbund_id = @ForbundId AND contribution.calendar_year = @CalendarYear
ORDER BY kind.sort_order, contribution.name COLLATE Finnish_Swedish_100_CI_AS;

-- name: Funds.ByKind
-- row: FundsOfKindRow
-- Grain: a kind of member, also one without a row in the year. kronor: null where a member's sum is not known, or nobody of the
-- kind is there. share is of what those pay together whose shares are in the law, in percent, when all of that is known.
WITH of_kind AS (
    SELECT kind.code, kind.label, kind.share_percent, kind.sort_order, COUNT(contribution.name) AS members,
        SUM(CASE WHEN contribution.name IS NOT NULL AND contribution.kronor IS NULL THEN 1 ELSE 0 END) AS unknown_members,
        SUM(contribution.kronor) AS kronor
    FROM contributor_kind kind
    LEFT JOIN forbund_contribution contribution ON contribution.kind = kind.code
        AND contribution.forbund_id = @ForbundId AND contribution.calendar_year = @CalendarYear
    GROUP BY kind.code, kind.label, kind.share_percent, kind.sort_order
),
by_law AS (
    SELECT SUM(kronor) AS kronor, SUM(CASE WHEN members = 0 OR unknown_members > 0 THEN 1 ELSE 0 END) AS unknown_kinds
    FROM of_kind
    WHERE share_percent IS NOT NULL
)
SELECT of_kind.code AS kind, of_kind.label, of_kind.share_percent, of_kind.members, of_kind.unknown_members,
    CASE WHEN of_kind.members > 0 AND of_kind.unknown_members = 0 THEN of_kind.kronor END AS kronor,
    CASE WHEN of_kind.share_percent IS NOT NULL AND by_law.unknown_kinds = 0 AND by_law.kronor > 0
        THEN 100.0 * of_kind.kronor / by_law.kronor END AS share
FROM of_kind
CROSS JOIN by_law
ORDER BY of_kind.sort_order;

-- name: Funds.Total
SELECT kronor
FROM forbund_funds
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear;

-- name: Funds.Year
-- row: ForbundYearRow
SELECT own_capital_kronor, version
FROM forbund_year
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear;

-- name: Funds.AddContribution
INSERT INTO forbund_contribution (forbund_id, calendar_year, name, kind, kronor, version)
VALUES (@ForbundId, @CalendarYear, @Name, @Kind, @Kronor, 1);

-- name: Funds.UpdateContribution
UPDATE forbund_contribution SET kind = @Kind, kronor = @Kronor, version = version + 1
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND name = @Name AND version = @Version;

-- name: Funds.RemoveContribution
DELETE FROM forbund_contribution WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND name = @Name AND version = @Version;

-- name: Funds.AddYear
INSERT INTO forbund_year (forbund_id, calendar_year, own_capital_kronor, version)
VALUES (@ForbundId, @CalendarYear, @OwnCapitalKronor, 1);

-- name: Funds.UpdateYear
UPDATE forbund_year SET own_capital_kronor = @OwnCapitalKronor, version = version + 1
WHERE forbund_id = @ForbundId AND calendar_year = @CalendarYear AND version = @Version;
