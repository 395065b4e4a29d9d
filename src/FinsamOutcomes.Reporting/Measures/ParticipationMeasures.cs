using System.Globalization;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Measures;

/// <summary>Who takes part: participations, persons, the queue, throughput and days.</summary>
internal static class ParticipationMeasures
{
    // Days between the marks of a curve.
    private const int MarkDays = 30;

    public static async Task<IReadOnlyList<MeasureCell>> ParticipationsAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ParticipationCountRow>("Measures.Participations");
        var followed = run.Followed(rows.Keys);
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Keys))
        {
            var row = rows.GetValueOrDefault(key);
            Add("in_period", row?.InPeriod);
            Add("new", row?.Started);
            Add("ended", row?.Ended);
            Add("ongoing_at_end", row?.OngoingAtEnd);

            void Add(string statistic, long? count) =>
                cells.Add(followed(key.Level) ? run.Count(key, statistic, count ?? 0) : run.Cell(key, statistic, CellState.NoData));
        }

        return cells;
    }

    public static async Task<IReadOnlyList<MeasureCell>> PersonsAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<PersonCountRow>("Measures.Persons");
        // Nothing but insats and gender is known of anonymous participants: they are in the totals of the rest.
        var counts = (await run.RowsAsync<HeadCountRow>("Measures.HeadCounts")).ToDictionary(r => (
            Key: new CellKey(r.PeriodFrom, r.PeriodTo, r.InsatsLevel, r.Gender, MeasureCell.All, MeasureCell.All, MeasureCell.All), r.IsStructural));
        var byGender = run.Request.By.HasFlag(MeasureDimensions.Gender);
        var slots = (await run.RowsAsync<HeadCountSlotRow>("Measures.HeadCountSlots"))
            .Where(s => s.HalfFrom <= run.Today)
            .ToLookup(s => (s.PeriodFrom, s.PeriodTo, s.InsatsLevel));
        var followed = run.Followed(rows.Keys);
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Keys.Concat(counts.Keys.Select(k => k.Key).Where(k => byGender || k.Gender == MeasureCell.All))))
        {
            var row = rows.GetValueOrDefault(key);
            var whole = key with { AgeGroup = MeasureCell.All, Education = MeasureCell.All, Referrer = MeasureCell.All };
            var isWhole = key == whole && run.Request.AgeGroups is null;
            var (anonymous, structural) = (Of(whole, false), Of(whole, true));
            var insats = run.Insats(key.Level);
            var unreported = Unreported(run, slots[(key.From, key.To, key.Level)].Where(s => !s.IsStructural), key.Gender);
            // What nobody has reported is not 0, where counts are all that there could be; none of unknown gender goes without saying.
            var all = whole.WithGender(key.Gender == "unknown" ? MeasureCell.All : key.Gender);
            var isReported = followed(key.Level) || IsReported(false) || IsReported(true);
            cells.Add(
                !isReported
                || (!followed(key.Level) && unreported.Count > 0 && anonymous is null or { NumberOfPeople: 0 })
                || (!followed(key.Level) && insats!.IsStructural && anonymous is null)
                    ? run.Cell(key, "in_period", CellState.NoData) with
                    {
                        Unreported = unreported,
                    }
                : !isWhole
                    ? followed(key.Level) ? run.Count(key, "in_period", row?.InPeriod ?? 0)
                        : run.Cell(key, "in_period", CellState.NoData)
                : anonymous is { IsUnplaced: true } ? run.Cell(key, "in_period", CellState.NoData)
                : run.Count(key, "in_period", (row?.InPeriod ?? 0) + (anonymous?.NumberOfPeople ?? 0)) with
                {
                    IsAtMost = anonymous is { IsAtMost: true },
                    Least = anonymous is { IsAtMost: true } ? (row?.InPeriod ?? 0) + anonymous.LeastPeople : null,
                    Unreported = unreported,
                });
            cells.Add(Counted("anonymous", anonymous, unreported, isReported && (followed(key.Level) || !insats!.IsStructural || anonymous is not null)));
            Add("new", row?.Started);
            Add("ended", row?.Ended);
            Add("ongoing_at_end", row?.OngoingAtEnd);
            cells.Add(
                Counted(
                    "structural",
                    structural,
                    Unreported(run, slots[(key.From, key.To, key.Level)].Where(s => s.IsStructural), key.Gender),
                    isReported
                        && (followed(key.Level) || insats!.IsStructural || structural is not null)
                        && !(structural is null && key.Gender is "woman" or "man" && IsWithoutGender())));

            void Add(string statistic, long? count) =>
                cells.Add(followed(key.Level) ? run.Count(key, statistic, count ?? 0) : run.Cell(key, statistic, CellState.NoData));

            // Nobody has said how many women there are among people who are counted without gender, or have not been counted.
            bool IsWithoutGender() =>
                Of(whole.WithGender(MeasureCell.All), isStructural: true) is { NumberOfPeople: > 0 } or { IsUnplaced: true }
                || slots[(key.From, key.To, key.Level)].Any(s => s is { IsStructural: true, IsReported: false });

            bool IsReported(bool isStructural) => key.Gender == "unknown" ? counts.ContainsKey((all, isStructural)) : Of(all, isStructural) is not null;

            // Nought women say nothing of the whole where nobody has said how many men, also after the insats has closed.
            HeadCountRow? Of(CellKey of, bool isStructural) =>
                counts.GetValueOrDefault((of, isStructural)) is { } count
                && (
                    of.Gender != MeasureCell.All
                    || run.Request.Gender is not null
                    || followed(of.Level)
                    || count is { NumberOfPeople: > 0 } or { IsUnplaced: true }
                    || (isStructural && counts.ContainsKey((of.WithGender("unknown"), isStructural)))
                    || (counts.ContainsKey((of.WithGender("woman"), isStructural)) && counts.ContainsKey((of.WithGender("man"), isStructural))))
                    ? count
                    : null;

            // Of whom nothing more is known, it can't be told how many are of an age.
            MeasureCell Counted(string statistic, HeadCountRow? count, IReadOnlyList<UnreportedCount> missing, bool isThere) =>
                !isThere || (missing.Count > 0 && count is null or { NumberOfPeople: 0 })
                    ? run.Cell(key, statistic, CellState.NoData) with
                    {
                        Unreported = missing,
                    }
                : count is { IsUnplaced: true } || (!isWhole && count is { NumberOfPeople: > 0 }) ? run.Cell(key, statistic, CellState.NoData)
                : run.Count(key, statistic, count?.NumberOfPeople ?? 0) with
                {
                    IsAtMost = count is { IsAtMost: true },
                    Least = count is { IsAtMost: true } ? count.LeastPeople : null,
                    Unreported = missing,
                };
        }

        return cells;
    }

    // Which numbers of a gender nobody has filled in. None of unknown gender goes without saying, where there is a number of
    // women or men; the whole lacks something as soon as either is missing. A structural insats is asked one number, without gender.
    private static IReadOnlyList<UnreportedCount> Unreported(MeasureRun run, IEnumerable<HeadCountSlotRow> slots, string gender) => UnreportedCount.Sorted(
        slots.GroupBy(s => (s.HalfFrom, s.InsatsId))
            .Where(half => (gender == MeasureCell.All ? run.Request.Gender ?? gender : gender) switch
            {
                "unknown" => half.All(s => !s.IsReported),
                MeasureCell.All => half.Any(s => (s.IsStructural || s.Gender != "unknown") && !s.IsReported),
                var one => half.Any(s => s.Gender == one && !s.IsReported),
            })
            .Select(half => new UnreportedCount(run.Insats(half.Key.InsatsId)!.Name, half.Key.HalfFrom)));

    public static async Task<IReadOnlyList<MeasureCell>> QueueAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<QueueCountRow>("Measures.Queue");
        var followed = run.Followed(rows.Keys);
        return
        [
            .. run.Grid(rows.Keys)
                .Select(key =>
                    followed(key.Level)
                        ? run.Count(key, "queued_at_end", rows.GetValueOrDefault(key)?.QueuedAtEnd ?? 0)
                        : run.Cell(key, "queued_at_end", CellState.NoData)),
        ];
    }

    public static async Task<IReadOnlyList<MeasureCell>> ThroughputAsync(MeasureRun run)
    {
        var rows = await run.ByKeyAsync<ParticipationCountRow>("Measures.Participations");
        return
        [
            .. run.Grid(rows.Keys).Select(key => run.Share(key, "share", rows.GetValueOrDefault(key)?.Ended ?? 0, rows.GetValueOrDefault(key)?.InPeriod ?? 0)),
        ];
    }

    public static async Task<IReadOnlyList<MeasureCell>> DaysAsync(MeasureRun run)
    {
        var rows = (await run.RowsAsync<ParticipationDayRow>("Measures.Days")).ToLookup(r => r.Key());
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Select(r => r.Key)))
        {
            var all = KaplanMeier.OfDays([.. rows[key].Select(Followed)]);
            cells.Add(run.Number(key, "median_days_ended", MedianOfEnded(rows[key]), all.Ended));
            cells.Add(run.Number(key, "median_days", all.MedianDays, all.N, all.MedianLower, all.MedianUpper));
        }

        return cells;
    }

    public static async Task<IReadOnlyList<MeasureCell>> TimeToExitAsync(MeasureRun run)
    {
        var rows = (await run.RowsAsync<ParticipationDayRow>("Measures.Days")).ToLookup(r => r.Key());
        var cells = new List<MeasureCell>();
        foreach (var key in run.Grid(rows.Select(r => r.Key)))
        {
            var (n, exits) = (rows[key].Sum(r => r.Entered), rows[key].Sum(r => r.Ended));
            if (n == 0)
            {
                cells.Add(run.Cell(key, "participations", CellState.NoData));
                cells.AddRange(OfMark(key, new(0, 0, ExitFlow.None, null, null, null), 0, CellState.NoData)
                    .Select(c => c with { State = CellState.NoData, Value = null, CurveMark = null }));
                continue;
            }

            var (judged, missing) = (rows[key].Sum(r => r.Judged), rows[key].Sum(r => r.Missing));
            cells.Add(run.Count(key, "participations", n) with { Missing = missing == 0 ? null : new MissingExits(missing) });
            cells.Add(run.Count(key, "still_in", n - exits));
            // 0 % would say that nobody succeeded, when nobody was asked what the definition needs to know.
            var unknown = exits > 0 && judged == 0 ? CellState.NotAsked : CellState.NoData;
            foreach (var mark in ExitCurve.OfDays([.. rows[key].Select(Followed)], MarkDays))
                cells.AddRange(OfMark(key, mark, n, unknown));
        }

        return cells;

        IEnumerable<MeasureCell> OfMark(CellKey key, ExitMark mark, long n, CellState unknown)
        {
            yield return Share("remaining", mark.Remaining);
            yield return Share("positive", unknown == CellState.NotAsked ? null : mark.Positive, unknown);
            yield return Share("other", unknown == CellState.NotAsked ? null : mark.Other, unknown);
            yield return At(run.Count(key, "at_risk", mark.AtRisk));

            MeasureCell Share(string statistic, CurveValue? value, CellState without = CellState.NoData) =>
                At(run.Cell(key, statistic, value is null ? without : CellState.Shown) with
                {
                    Value = value?.Share,
                    Lower = value?.Lower,
                    Upper = value?.Upper,
                    Denominator = n,
                });

            MeasureCell At(MeasureCell cell) => cell with { Category = mark.Days.ToString(CultureInfo.InvariantCulture), CurveMark = mark };
        }
    }

    private static FollowedDay Followed(ParticipationDayRow row) =>
        new(row.Days, (int)row.Entered, (int)row.Positive, (int)(row.Ended - row.Positive), (int)row.StillIn);

    // The days that one half of the exits took; half-way between two when as many took each.
    private static double? MedianOfEnded(IEnumerable<ParticipationDayRow> rows)
    {
        var ended = rows.Where(r => r.Ended > 0).OrderBy(r => r.Days).ToList();
        var n = ended.Sum(r => r.Ended);
        return n == 0 ? null : (At((n - 1) / 2) + (double)At(n / 2)) / 2;

        int At(long place)
        {
            var i = 0;
            for (var before = ended[0].Ended; before <= place; before += ended[i].Ended)
                i++;
            return ended[i].Days;
        }
    }
}
