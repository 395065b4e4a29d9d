using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Testing;

namespace FinsamOutcomes.Reporting.Tests.Measures;

/// <summary>
/// The same counts made twice: by SQL, and by walking through random small registers in memory one participation at a
/// time, following the definitions word for word.
/// </summary>
public sealed class RecountTests
{
    private const MeasureDimensions Finest = MeasureDimensions.Gender | MeasureDimensions.Age | MeasureDimensions.Education | MeasureDimensions.Referrer;

    private static readonly string?[] s_reasons =
    [
        "arbete",
        "subventionerat_arbete",
        "studier",
        "arbetssokande",
        "sjukdom",
        "flyttat",
        "felregistrering",
        null,
    ];
    private static readonly string?[] s_referrers = ["skola", "annan", null];
    private static readonly string?[] s_educations = ["grundskola", "gymnasium", null];
    private static readonly string[] s_genders = ["woman", "woman", "man", "man", "unknown"];
    private static readonly MeasureDimensions[] s_divisions =
    [
        MeasureDimensions.None,
        MeasureDimensions.Gender,
        MeasureDimensions.Insats | MeasureDimensions.Gender,
        MeasureDimensions.Age | MeasureDimensions.Insats,
        MeasureDimensions.Education | MeasureDimensions.Gender,
        MeasureDimensions.Referrer | MeasureDimensions.Insats,
    ];

    [Theory, ClassData(typeof(Engines))]
    public async Task SQL_counts_what_a_walk_through_the_register_counts_for_every_period_kind_and_division(string engine)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var test = await TestDatabase.CreateAsync(engine);
            var other = await SmallRegister.InAsync(test, "Ett annat förbund");
            Fill(other, new Random(seed + 1000));
            await other.SaveAsync();
            var register = await SmallRegister.InAsync(test);
            Fill(register, new Random(seed));
            await register.SaveAsync();
            // The divisions take turns, so that each meets each kind of period in some register.
            foreach (var per in Enum.GetValues<PeriodKind>())
            {
                await CompareAsync(register, per, s_divisions[(seed + (int)per) % s_divisions.Length]);
                await CompareAsync(register, per, s_divisions[(seed + (int)per + 3) % s_divisions.Length]);
            }

            await CompareAsync(register, PeriodKind.None, Finest, "2024-01-01", "2024-06-30");
            await CompareAsync(register, PeriodKind.None, MeasureDimensions.Insats, "2023-02-11", "2023-09-19");
        }
    }

    private static async Task CompareAsync(SmallRegister register, PeriodKind per, MeasureDimensions by, string from = "2023-01-01", string to = "2024-12-31")
    {
        await CheckAsync("deltaganden", (stays, cell) => cell.Statistic switch
        {
            "in_period" => stays.Count(s => InPeriod(s, cell)),
            "new" => stays.Count(s => IsNew(s, cell)),
            "ended" => stays.Count(s => HasEnded(s, cell)),
            _ => stays.Count(s => IsOngoing(s, cell)),
        });
        await CheckAsync("personer", (stays, cell) => cell.Statistic switch
            {
                "in_period" => Persons(stays.Where(s => InPeriod(s, cell))),
                "new" => Persons(stays.Where(s => IsNew(s, cell))),
                "ended" => Persons(stays.Where(s => HasEnded(s, cell))),
                "ongoing_at_end" => Persons(stays.Where(s => IsOngoing(s, cell))),
                _ => 0,
            });
        await CheckAsync("tid-i-insats", (stays, cell) => cell.Statistic == "median_days" ? Median([.. stays.Where(s => InPeriod(s, cell))], cell)
            : stays.Where(s => HasEnded(s, cell)).Select(s => s.Ended!.Value.DayNumber - s.Started!.Value.DayNumber).Order().ToArray() is { Length: > 0 } days
                ? (days[(days.Length - 1) / 2] + days[days.Length / 2]) / 2.0
            : null);
        await CheckAsync("tid-till-avslut", (stays, cell) => ToExit([.. stays.Where(s => InPeriod(s, cell))], cell));
        await CheckAsync("ko", (stays, cell) => stays.Count(s => s.Queued <= cell.PeriodTo && !(s.Started <= cell.PeriodTo) && !(s.Ended <= cell.PeriodTo)));
        await CheckAsync("genomstromning", (stays, cell) => (stays.Count(s => HasEnded(s, cell)), stays.Count(s => InPeriod(s, cell))));
        await CheckAsync("positiva-avslut", (stays, cell) => (stays.Count(s => HasEnded(s, cell) && IsWorkOrStudies(s)), stays.Count(s => HasEnded(s, cell))));
        await CheckAsync(
            "positiva-avslut",
            (stays, cell) => (stays.Count(s => HasEnded(s, cell) && IsWorkOrStudies(s)), stays.Count(s => InPeriod(s, cell))),
            denominator: "deltagande");
        await CheckAsync(
            "positiva-avslut",
            (stays, cell) =>
                (stays.Count(s => HasEnded(s, cell) && s.Reason == "subventionerat_arbete"), stays.Count(s => HasEnded(s, cell) && s.Reason != "flyttat")),
            "subventionerat-arbete",
            "avslutade-utom-neutrala");
        await CheckAsync(
            "positiva-avslut",
            (stays, cell) => (stays.Count(s => HasEnded(s, cell) && HasRisen(register, s)), stays.Count(s => HasEnded(s, cell))),
            "borjade-eller-okade");
        await CheckAsync("avslutsorsaker", (stays, cell) =>
        {
            var exits = stays.Where(s => HasEnded(s, cell)).ToList();
            var count = cell.Category == MeasureCell.All ? exits.Count : exits.Count(s => (s.Reason ?? "unknown") == cell.Category);
            return cell.Statistic == "count" ? (count, 0) : (count, exits.Count);
        });

        async Task CheckAsync(
            string measure,
            Func<IReadOnlyList<RegisteredRow>, MeasureCell, Tally> recount,
            string? definition = null,
            string? denominator = null)
        {
            var cells = await register.ComputeAsync(measure, from, to, by, per, definition, denominator);
            cells.ShouldNotBeEmpty();
            cells
                .GroupBy(c => c with { Value = null, Numerator = null, Denominator = null, Lower = null, Upper = null, N = null, State = CellState.Shown })
                .ShouldAllBe(g => g.Count() == 1);
            var groups = new Dictionary<(string, string, string, string, string), List<RegisteredRow>>();
            foreach (var cell in cells)
            {
                if (!groups.TryGetValue((cell.Insats, cell.Gender, cell.AgeGroup, cell.Education, cell.Referrer), out var stays))
                    groups[(cell.Insats, cell.Gender, cell.AgeGroup, cell.Education, cell.Referrer)] = stays = [
                        .. register.Participations.Where(s => s.Reason != "felregistrering" && IsIn(register, s, cell)),
                    ];
                if (register.Insatser.Exists(i => i.IsCounted && i.Name == cell.Insats))
                {
                    // Nobody is followed there: 0 would say that nobody came.
                    cell.State.ShouldBe(CellState.NoData, cell.ToString());
                    continue;
                }

                if (cell is { Statistic: "structural", Insats: MeasureCell.All })
                {
                    // Nobody has written down who came to Nätverket: 0 would say that nobody did. Women and men are not asked for there.
                    cell.State.ShouldBe(CellState.NoData, cell.ToString());
                    (cell.Unreported.Count > 0).ShouldBe(cell.Gender is not ("woman" or "man"), cell.ToString());
                    continue;
                }

                var expected = recount(stays, cell);
                if (cell.Statistic == "share")
                {
                    if (cell.State == CellState.NotAsked)
                    {
                        stays.Any(s => HasEnded(s, cell) && HasBoth(register, s)).ShouldBeFalse(cell.ToString());
                        continue;
                    }

                    if (
                        cell.Numerator != expected.Count
                        || cell.Denominator != expected.Of
                        || cell.State != (expected.Of == 0 ? CellState.NoData : CellState.Shown))
                        Assert.Fail($"{expected} was expected of {cell}");
                }
                else if (cell.Value != expected.Count)
                {
                    Assert.Fail($"{expected} was expected of {cell}");
                }
            }

            // Nobody falls outside the cells: the single values of a division hold everybody that its total holds.
            if (measure == "deltaganden")
            {
                if (by.HasFlag(MeasureDimensions.Gender))
                    cells
                        .Where(c => c.State == CellState.Shown)
                        .GroupBy(c => c with { Gender = MeasureCell.All, Value = null })
                        .ShouldAllBe(g => g.Sum(c => c.Value) == 2 * g.Single(c => c.Gender == MeasureCell.All).Value);
                if (by.HasFlag(MeasureDimensions.Age))
                    cells
                        .Where(c => c.State == CellState.Shown)
                        .GroupBy(c => c with { AgeGroup = MeasureCell.All, Value = null })
                        .ShouldAllBe(g => g.Sum(c => c.Value) == 2 * g.Single(c => c.AgeGroup == MeasureCell.All).Value);
            }
        }
    }

    // Days from the first to the mark's, each with those who are in that day and seen: the share that goes on is multiplied, and
    // those who go for work or studies, or otherwise, are taken from it.
    private static double? ToExit(List<RegisteredRow> stays, MeasureCell cell)
    {
        if (stays.Count == 0)
            return null;
        if (cell.Category is null)
            return cell.Statistic == "participations" ? stays.Count : stays.Count(s => !HasEnded(s, cell));
        var seen = stays.ConvertAll(s => (
            First: Math.Max(0, cell.PeriodFrom.DayNumber - s.Started!.Value.DayNumber),
            Last: (s.Ended < cell.PeriodTo ? s.Ended.Value : cell.PeriodTo).DayNumber - s.Started!.Value.DayNumber,
            HasEnded: HasEnded(s, cell),
            IsPositive: IsWorkOrStudies(s)));
        var mark = int.Parse(cell.Category, System.Globalization.CultureInfo.InvariantCulture);
        if (cell.Statistic == "at_risk")
            return seen.Count(s => mark == 0 ? s.First == 0 : s.First <= mark + 1 && s.Last > mark);
        double still = 1, positive = 0, other = 0;
        for (var day = 0; mark > 0 && day <= mark; day++)
        {
            var risk = seen.Count(s => s.First <= day && day <= s.Last);
            var leaving = seen.FindAll(s => s.HasEnded && s.Last == day);
            var (toWork, otherwise) = (leaving.Count(s => s.IsPositive), leaving.Count(s => !s.IsPositive));
            if (toWork + otherwise == 0)
                continue;
            if (toWork + otherwise == risk && seen.Exists(s => s.First > day))
                return null;
            positive += still * toWork / risk;
            other += still * otherwise / risk;
            still *= (double)(risk - toWork - otherwise) / risk;
        }

        if (mark > seen.Max(s => s.Last) && still > 0)
            return null;
        var expected = cell.Statistic switch { "remaining" => still, "positive" => positive, _ => other };
        return Math.Abs(expected - (cell.Value ?? double.NaN)) < 1e-12 ? cell.Value : expected;
    }

    // Kaplan–Meier from day to day, in whole numbers, of the days that fall in the period alone: on the first day of the period a
    // stay is as old as it is, and no older day of it was seen.
    private static double? Median(List<RegisteredRow> stays, MeasureCell cell)
    {
        var seen = stays.ConvertAll(s => (
            First: Math.Max(0, cell.PeriodFrom.DayNumber - s.Started!.Value.DayNumber),
            Last: (s.Ended < cell.PeriodTo ? s.Ended.Value : cell.PeriodTo).DayNumber - s.Started!.Value.DayNumber,
            HasEnded: HasEnded(s, cell)));
        System.Numerics.BigInteger still = 1, all = 1;
        int? half = null;
        for (var day = 0; day <= 2000; day++)
        {
            var risk = seen.Count(s => s.First <= day && day <= s.Last);
            var ended = seen.Count(s => s.HasEnded && s.Last == day);
            if (ended == 0)
                continue;
            if (half is { } before)
                return (before + day) / 2.0;
            if (ended == risk && seen.Exists(s => s.First > day))
                return null;
            (still, all) = (still * (risk - ended), all * risk);
            if (2 * still == all)
                half = day;
            else if (2 * still < all)
                return day;
        }

        return half;
    }

    private static bool InPeriod(RegisteredRow s, MeasureCell c) => s.Started <= c.PeriodTo && (s.Ended is null || s.Ended >= c.PeriodFrom);

    private static bool IsNew(RegisteredRow s, MeasureCell c) => s.Started >= c.PeriodFrom && s.Started <= c.PeriodTo;

    private static bool HasEnded(RegisteredRow s, MeasureCell c) => s.Started is not null && s.Ended >= c.PeriodFrom && s.Ended <= c.PeriodTo;

    private static bool IsOngoing(RegisteredRow s, MeasureCell c) => s.Started <= c.PeriodTo && (s.Ended is null || s.Ended > c.PeriodTo);

    private static bool IsWorkOrStudies(RegisteredRow s) => s.Reason is "arbete" or "subventionerat_arbete" or "studier";

    private static bool HasRisen(SmallRegister register, RegisteredRow s) =>
        register.Occupations.TryGetValue((s.Id, "before"), out var before)
        && register.Occupations.TryGetValue((s.Id, "after"), out var after)
        && (after.Work > before.Work || after.Study > before.Study);

    private static bool HasBoth(SmallRegister register, RegisteredRow s) =>
        register.Occupations.ContainsKey((s.Id, "before")) && register.Occupations.ContainsKey((s.Id, "after"));

    private static int Persons(IEnumerable<RegisteredRow> stays) => stays.Select(s => s.Person).Distinct().Count();

    private static bool IsIn(SmallRegister register, RegisteredRow s, MeasureCell c)
    {
        var person = register.Persons.Find(p => p.Id == s.Person)!;
        var insats = register.Insatser.Find(i => i.Id == s.Insats)!;
        var age = (s.Started ?? s.Queued)!.Value.Year - person.BirthYear;
        var group = age switch
        {
            null => "unknown",
            < 16 => "0-15",
            < 25 => "16-24",
            < 30 => "25-29",
            < 45 => "30-44",
            < 55 => "45-54",
            < 67 => "55-66",
            _ => "67-",
        };
        return (c.Insats == MeasureCell.All || c.Insats == insats.Name || c.Insats == register.Insatser.Find(i => i.Id == insats.Parent)?.Name)
            && (c.Gender == MeasureCell.All || c.Gender == person.Gender)
            && (c.AgeGroup == MeasureCell.All || c.AgeGroup == group)
            && (c.Education == MeasureCell.All || c.Education == (s.Education ?? "okand"))
            && (c.Referrer == MeasureCell.All || c.Referrer == (s.Referrer ?? "unknown"));
    }

    private static void Fill(SmallRegister register, Random random)
    {
        var iris = register.Insats("IRIS");
        int[] insatser = [iris, register.Insats("Insam", iris), register.Insats("USB", iris), register.Insats("Aktiv"), register.Insats("Ödehus")];
        register.Insats("Nätverket", isStructural: true);
        int[] persons = [.. Enumerable.Range(0, 25).Select(_ => register.Person(Any(s_genders), random.Next(8) == 0 ? null : random.Next(1950, 2008)))];
        for (var i = 0; i < 60; i++)
        {
            var queued = new DateOnly(2022, 6, 1).AddDays(random.Next(1000));
            var started = random.Next(6) == 0 ? (DateOnly?)null : queued.AddDays(random.Next(3) == 0 ? 0 : random.Next(90));
            var ended =
                random.Next(4) == 0 || (started is null && random.Next(2) == 0)
                    ? (DateOnly?)null
                    : (started ?? queued).AddDays(random.Next(5) == 0 ? 0 : random.Next(400));
            // Ödehus stays empty.
            var stay = register.Participation(
                persons[random.Next(persons.Length)],
                insatser[random.Next(4)],
                Text(started),
                Text(ended),
                ended is null ? null : Any(s_reasons),
                started is not null && random.Next(3) == 0 ? null : Text(queued),
                Any(s_referrers),
                Any(s_educations));
            if (random.Next(2) == 0)
                register.Occupation(stay, "before", random.Next(3) * 25, 0);
            if (random.Next(2) == 0)
                register.Occupation(stay, "after", random.Next(3) * 25, random.Next(2) * 50);
        }

        T Any<T>(T[] values) => values[random.Next(values.Length)];

        static string? Text(DateOnly? date) => date?.ToString("yyyy-MM-dd");
    }

    /// <summary>A count, and for a share what it is of.</summary>
    private sealed record Tally(double? Count, long Of)
    {
        public static implicit operator Tally(int count) => new(count, 0);

        public static implicit operator Tally(double? value) => new(value, 0);

        public static implicit operator Tally((int Count, int Of) pair) => new(pair.Count, pair.Of);
    }
}
