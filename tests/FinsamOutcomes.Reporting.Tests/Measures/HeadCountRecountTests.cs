using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>Persons, anonymous participants and people in structural insatser counted twice: by SQL, and count by count in memory.</summary>
public sealed class HeadCountRecountTests
{
    private static readonly string[] s_genders = ["woman", "man", "unknown"];

    private static readonly (PeriodKind Per, string From, string To)[] s_periods =
    [
        .. Enum.GetValues<PeriodKind>().Select(per => (per, "2023-01-01", "2024-12-31")),
        (PeriodKind.None, "2023-01-01", "2023-12-31"), (PeriodKind.None, "2023-07-01", "2024-06-30"), (PeriodKind.None, "2023-02-11", "2024-09-19"),
    ];

    [Theory, ClassData(typeof(Engines))]
    public async Task Head_counts_are_placed_where_a_count_by_count_walk_places_them_or_said_to_have_no_place(string engine)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var test = await TestDatabase.CreateAsync(engine);
            var other = await SmallRegister.InAsync(test, "Ett annat förbund");
            Fill(other, new Random(seed + 100));
            await other.SaveAsync();
            var register = await SmallRegister.InAsync(test);
            Fill(register, new Random(seed));
            await register.SaveAsync();
            foreach (var (per, from, to) in s_periods)
            {
                foreach (
                    var by in new[]
                    {
                        MeasureDimensions.None,
                        MeasureDimensions.Insats | MeasureDimensions.Gender,
                        MeasureDimensions.Age | MeasureDimensions.Gender,
                    })
                {
                    foreach (
                        var cell in (await register.ComputeAsync("personer", from, to, by, per)).Where(c =>
                            c.Statistic is "in_period" or "anonymous" or "structural"))
                        Check(register, cell);
                }
            }
        }
    }

    private static void Check(SmallRegister register, MeasureCell cell)
    {
        var insatser = register
            .Insatser.Where(i =>
                cell.Insats == MeasureCell.All || i.Name == cell.Insats || register.Insatser.Exists(p => p.Id == i.Parent && p.Name == cell.Insats))
            .ToList();
        var isFollowed = cell.Insats == MeasureCell.All || insatser.Exists(i => !i.IsCounted);
        var isStructural = cell.Statistic == "structural";
        var entries = register
            .HeadCounts.Where(h =>
                insatser.Exists(i => i.Id == h.Insats && i.IsStructural == isStructural) && (cell.Gender == MeasureCell.All || h.Gender == cell.Gender))
            .ToList();
        var (sum, isAtMost, isUnplaced, isReported) = Place(entries, cell);
        var stays =
            cell.Statistic != "in_period"
                ? []
                : register
                    .Participations.Where(s =>
                        insatser.Exists(i => i.Id == s.Insats)
                        && s.Started <= cell.PeriodTo
                        && (s.Ended is null || s.Ended >= cell.PeriodFrom)
                        && register.Persons.Find(p => p.Id == s.Person) is var person
                        && (cell.Gender == MeasureCell.All || person!.Gender == cell.Gender)
                        && (cell.AgeGroup == MeasureCell.All || cell.AgeGroup == AgeGroup(s.Started!.Value.Year - person!.BirthYear!.Value)))
                    .ToList();
        var isPart = cell.AgeGroup != MeasureCell.All;
        double? expected = cell.Statistic == "in_period" && isPart ? stays.Select(s => s.Person).Distinct().Count()
            : isUnplaced || (isPart && sum > 0) ? null
            : sum + stays.Select(s => s.Person).Distinct().Count();
        // An insats that only counts has nothing to show before somebody has reported, and only what it counts.
        if (!isFollowed && !isReported && (isStructural != insatser[0].IsStructural || cell.Gender != "unknown"))
            expected = null;
        if (!isFollowed && cell.Gender == "unknown" && !isReported && isStructural == insatser[0].IsStructural)
            expected = Place([.. register.HeadCounts.Where(h => insatser.Exists(i => i.Id == h.Insats))], cell).IsReported ? 0 : null;
        // What somebody should have reported and has not is unknown: nothing is then no number, and a number at least so many.
        var isMissing = insatser.Exists(i => i.IsCounted && i.IsStructural == isStructural && IsMissing(register.HeadCounts, i.Id, isStructural, cell));
        if (isMissing && sum == 0 && !(cell.Statistic == "in_period" && isFollowed))
            expected = null;

        // Of people who were counted without gender it can't be told that none were women.
        var structural = Place([.. register.HeadCounts.Where(h => insatser.Exists(i => i.Id == h.Insats && i.IsStructural))], cell);
        if (isStructural && cell.Gender is "woman" or "man" && !isReported
            && (structural.Sum > 0
                || structural.IsUnplaced
                || insatser.Exists(i => i.IsStructural && IsMissing(register.HeadCounts, i.Id, isStructural, cell with { Gender = MeasureCell.All }))))
            expected = null;

        if (
            cell.Value != expected
            || (expected is not null && !isPart && cell.IsAtLeast != isMissing)
            || (expected is not null && !isPart && cell.IsAtMost != isAtMost)
            || cell.State != (expected is null ? CellState.NoData : CellState.Shown))
            Assert.Fail($"{expected} ({isAtMost}) was expected of {cell}");
    }

    private static bool IsMissing(List<HeadCountEntry> all, int insats, bool isStructural, MeasureCell cell)
    {
        for (var year = cell.PeriodFrom.Year; year <= cell.PeriodTo.Year; year++)
        {
            foreach (
                var (half, from, to) in new[]
                {
                    (1, new DateOnly(year, 1, 1), new DateOnly(year, 6, 30)),
                    (2, new DateOnly(year, 7, 1), new DateOnly(year, 12, 31)),
                })
            {
                if (from > cell.PeriodTo || to < cell.PeriodFrom)
                    continue;
                var there = all.Where(h => h.Insats == insats && h.Year == year && (h.Half == 0 || h.Half == half))
                    .Select(h => h.Gender)
                    .ToHashSet(StringComparer.Ordinal);
                if (
                    cell.Gender switch
                    {
                        // One number is asked for, which women and men apart are too.
                        "unknown" or MeasureCell.All when isStructural => !there.Contains("unknown") && !there.IsSupersetOf(["woman", "man"]),
                        _ when isStructural => false,
                        "unknown" => there.Count == 0,
                        MeasureCell.All => !there.IsSupersetOf(["woman", "man"]),
                        var gender => !there.Contains(gender),
                    })
                    return true;
            }
        }

        return false;
    }

    private static (double Sum, bool IsAtMost, bool IsUnplaced, bool IsReported) Place(List<HeadCountEntry> entries, MeasureCell cell)
    {
        var (sum, isAtMost, isUnplaced, isReported) = (0, false, false, false);
        foreach (var one in entries.GroupBy(h => (h.Insats, h.Gender)))
        {
            var terms = 0;
            foreach (var year in one.GroupBy(h => h.Year))
            {
                if (new DateOnly(year.Key, 1, 1) > cell.PeriodTo || new DateOnly(year.Key, 12, 31) < cell.PeriodFrom)
                    continue;
                isReported = true;
                var whole = year.SingleOrDefault(h => h.Half == 0)?.Number;
                if (new DateOnly(year.Key, 1, 1) >= cell.PeriodFrom && new DateOnly(year.Key, 12, 31) <= cell.PeriodTo)
                {
                    sum += whole ?? year.Sum(h => h.Number);
                    terms += whole is not null ? Math.Min(1, whole.Value) : year.Count(h => h.Number > 0);
                    continue;
                }

                foreach (
                    var (half, from, to) in new[]
                    {
                        (1, new DateOnly(year.Key, 1, 1), new DateOnly(year.Key, 6, 30)),
                        (2, new DateOnly(year.Key, 7, 1), new DateOnly(year.Key, 12, 31)),
                    })
                {
                    if (from > cell.PeriodTo || to < cell.PeriodFrom)
                        continue;
                    var number = year.SingleOrDefault(h => h.Half == half)?.Number ?? (whole is > 0 ? null : 0);
                    if (number is null || (number > 0 && (from < cell.PeriodFrom || to > cell.PeriodTo)))
                        isUnplaced = true;
                    else if (number > 0)
                        (sum, terms) = (sum + number.Value, terms + 1);
                }
            }

            isAtMost |= terms > 1;
        }

        return (sum, isAtMost, isUnplaced, isReported);
    }

    private static string AgeGroup(int age) => age switch { < 25 => "16-24", < 30 => "25-29", < 45 => "30-44", < 55 => "45-54", _ => "55-66" };

    private static void Fill(SmallRegister register, Random random)
    {
        var team = register.Insats("Team");
        int[] counted =
        [
            register.Insats("Dörren", isCounted: true),
            register.Insats("Nätverket", isStructural: true),
            register.Insats("Tyst", isCounted: true),
            register.Insats("Mötesplatsen", team),
            register.Insats("Frukostmöten", isStructural: true),
        ];
        for (var i = 0; i < 30; i++)
        {
            var start = new DateOnly(2022, 10, 1).AddDays(random.Next(800));
            register.Participation(
                register.Person(s_genders[random.Next(3)], random.Next(1962, 2004)),
                random.Next(2) == 0 ? team : counted[3],
                $"{start:yyyy-MM-dd}",
                random.Next(4) == 0 ? null : $"{start.AddDays(random.Next(200)):yyyy-MM-dd}");
        }

        foreach (var insats in counted.Where(i => i != counted[2]))
        {
            for (var year = 2022; year <= 2024; year++)
            {
                var isByHalf = random.Next(2) == 0;
                if (random.Next(5) == 0)
                    continue;
                foreach (var gender in s_genders.Where(g => insats == counted[4] ? g == "unknown" : g != "unknown" || random.Next(2) == 0))
                {
                    foreach (var half in isByHalf ? new[] { 1, 2 } : [0])
                    {
                        if (half == 0 || random.Next(4) > 0)
                            register.HeadCount(insats, year, half, gender, gender == "unknown" ? random.Next(2) * 3 : random.Next(3) * 7);
                    }
                }
            }
        }
    }
}
