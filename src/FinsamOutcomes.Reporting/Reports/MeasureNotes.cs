using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// What a reader must know of just these numbers: who is missing, and why rows don't add up to their total. Each note is made
/// from the cells, and only where it is so. The cells have passed the gate, and a note says no number that they don't.
/// </summary>
internal static class MeasureNotes
{
    // Where women's and men's, or all ages', shares are added up.
    private const int Few = 10;

    public static IEnumerable<string> Of(LaidOutMeasure measure, IReadOnlyList<MeasureCell> cells, ReportLabels labels)
    {
        var layout = measure.Layout;
        var wholes = cells.Where(c => IsWhole(layout, c)).ToList();
        IEnumerable<string> own = layout.Measure.Name switch
        {
            "personer" => Persons(measure, cells, wholes),
            "positiva-avslut" => wholes.Select(c => c.PeriodFrom).Distinct().Count() > 1
                ? MissingOverTime(measure, wholes, labels)
                : MissingExits(layout, wholes, labels),
            "forsorjning" or "sysselsattning" => BeforeAfter(layout, wholes),
            "tid-till-avslut" => TimeToExit(measure, cells, wholes, labels),
            _ => [],
        };
        var bases = Bases(layout, cells).ToList();
        if (layout.Per == PeriodKind.None && bases.DistinctBy(b => b.N).Count() > 1)
            own = [.. own, $"Bygger på olika många deltaganden: {string.Join("; ", bases.Select(b => $"{b.Label} på {Swedish.Count(b.N)}"))}."];
        return [.. own, .. Delprojekt(measure, labels), .. Rounded(measure)];
    }

    /// <summary>Statistics that notes tell of the whole beside those that are laid out.</summary>
    public static IEnumerable<string> StatisticsOfWhole(MeasureLayout layout) => layout.Measure.Name switch
    {
        "personer" when layout.Statistics.Any(s => s.Name == "in_period") => ["anonymous"],
        "forsorjning" or "sysselsattning" when !layout.Statistics.Any(s => s.Name.StartsWith("n_", StringComparison.Ordinal)) =>
            ["n_paired", "n_before_only", "n_after_only", "n_neither"],
        "tid-till-avslut" => ["participations", "still_in"],
        _ => [],
    };

    /// <summary>True for what is divided neither by insats nor by anything that is known of people; a single insats is a whole.</summary>
    public static bool IsWhole(MeasureLayout layout, MeasureCell cell) =>
        cell is { Gender: MeasureCell.All, AgeGroup: MeasureCell.All, Education: MeasureCell.All, Referrer: MeasureCell.All }
        && (cell.Insats == MeasureCell.All || !layout.Has("insats"));

    /// <summary>What each of several medians side by side rests on: who is still there has no time that is over.</summary>
    public static IEnumerable<(string Label, long N)> Bases(MeasureLayout layout, IReadOnlyList<MeasureCell> cells) =>
        from statistic in layout.Statistics
        where statistic.Kind == StatisticKind.Days
        let whole = cells.FirstOrDefault(c => c.Statistic == statistic.Name && IsWhole(layout, c))
        where whole?.N is not null
        select (statistic.Label, whole.N!.Value);

    /// <summary>What nobody has filled in, so that a number without it is too small.</summary>
    public static string Unreported(IEnumerable<UnreportedCount> counts) =>
        $"Antal är inte inrapporterade: {string.Join(", ", UnreportedCount.Sorted(counts))}.";

    /// <summary>What <em>ungefär</em> means before a number.</summary>
    public const string About = "Ungefär: antal saknas och halvår är hoplagda, så talet kan vara både högre och lägre.";

    private static IEnumerable<string> Persons(LaidOutMeasure measure, IReadOnlyList<MeasureCell> cells, List<MeasureCell> wholes)
    {
        var layout = measure.Layout;

        // A part of a year or half-year is known of nobody: the number can't be told, and is not what is left without them.
        var lacking = cells
            .Where(c =>
                c.Statistic is "anonymous" or "structural" && c.State == CellState.NoData && c.Unreported.Count == 0 && IsOfEverybody(c) && IsCounted(c))
            .ToLookup(c => c.Gender != MeasureCell.All && cells.Any(o => IsOfAllGenders(o, c)));
        var blanks = layout.Rows.Count == 0 ? [] : measure.Rows.SelectMany(r => measure.Columns.Select(c => measure.Cell(r, c))).OfType<MeasureCell>()
            .Where(c => c.State == CellState.NoData).ToList();
        if (lacking[true].Any(c => c.Gender is "woman" or "man" && blanks.Contains(c)))
            yield return "Inget underlag för kvinnor och män: könet är inte inrapporterat för dem som bara räknats till antalet, så de är med där kön inte delas upp"
                + $"{(measure.Columns.Contains("unknown") || measure.Rows.Any(r => r.Contains("unknown")) ? " och under Okänt kön" : "")}.";
        if (lacking[false].Any() && (layout.Rows.Count == 0 || blanks.Count > 0))
            yield return "Inget underlag: de som bara räknats till antalet är rapporterade för ett år eller halvår som perioden rymmer en del av, så deras antal i perioden går inte att säga.";
        var counts = cells.Where(c =>
            c.Statistic is "anonymous" or "structural"
            && (layout.Statistics.Any(s => s.Name == c.Statistic) || (c.Statistic == "anonymous" && layout.Statistics.Any(s => s.Name == "in_period"))));
        // A number that may be both too low and too high is neither at least nor at most what it says.
        var isAbout = measure.Seen.Any(s => s.Cell is { IsAtLeast: true, IsAtMost: true });
        var unreported = counts.Where(c => !c.State.IsKeptBack() && IsOfEverybody(c)).SelectMany(c => c.Unreported).ToList();
        if (unreported.Count > 0)
        {
            yield return Unreported(unreported)
                + (measure.Seen.Any(s => s.Cell is { IsAtLeast: true, IsAtMost: false }) ? $" {(isAbout ? "Andra tal" : "Talen")} där de ingår är minst det som står." : "");
        }

        if (isAbout)
            yield return About;
        if (AtMost(measure) is { } numbers)
            yield return $"Högst: i {numbers} är halvår eller år lagda ihop, och den som räknades i båda är med två gånger.";

        if (layout.Per != PeriodKind.None || layout.Statistics is not [{ Name: "in_period" }] || layout.Rows is not [var row])
            yield break;
        var known = row switch { "age" => "ålder", "education" => "utbildning", "referrer" => "remittent", _ => null };
        var anonymous = wholes.Find(c => c.Statistic == "anonymous");
        if (known is not null && anonymous is { State: CellState.Hidden or CellState.Protecting } or { State: CellState.Shown, Value: > 0 })
            yield return $"{(anonymous!.Value is { } number ? Swedish.Count(number) : "De")} anonyma deltagare{(anonymous.Value is null ? " (antalet visas inte)" : "")} {(measure.IsFigure ? "är inte med i diagrammet" : "finns bara i Alla")}: deras {known} är inte känd.";
        var total = wholes.Find(c => c.Statistic == "in_period");
        var column = layout.Column is null ? measure.Columns[0] : MeasureCell.All;
        var parts = measure
            .Rows.Where(r => !LaidOutMeasure.IsTotal(r) && (row != "insats" || !measure.RowLabel(r).StartsWith('–')))
            .Select(r => measure.Cell(r, column))
            .ToList();
        if (total is not { State: CellState.Shown, Value: { } all } || anonymous is not { State: CellState.Shown, Value: { } without })
            yield break;
        var (sum, registered) = (parts.Sum(c => (long)(c?.Value ?? 0)), (long)all - (known is null ? 0 : (long)without));
        // What is hidden comes on top.
        var least = parts.Exists(c => c is { State: CellState.Hidden or CellState.Protecting }) ? "minst " : "";
        if (sum > registered)
            yield return row == "insats"
                ? $"Insatserna har tillsammans {least}{Swedish.Count(sum)}, fler än {(measure.IsFigure ? $"de {Swedish.Count(registered)} som deltog" : $"{Swedish.Count(registered)} i Alla")}: den som deltar i flera insatser räknas en gång där."
                : $"Raderna har tillsammans {least}{Swedish.Count(sum)}, fler än de {Swedish.Count(registered)} registrerade personerna{(measure.IsFigure ? "" : " i Alla")}: den som har deltagit flera gånger kan stå på flera rader.";

        static bool IsOfAllGenders(MeasureCell whole, MeasureCell part) =>
            whole.Gender == MeasureCell.All
            && whole.State != CellState.NoData
            && whole.Statistic == part.Statistic
            && whole.Insats == part.Insats
            && whole.PeriodFrom == part.PeriodFrom
            && IsOfEverybody(whole);

        static bool IsOfEverybody(MeasureCell cell) => cell is { AgeGroup: MeasureCell.All, Education: MeasureCell.All, Referrer: MeasureCell.All };

        // An insats that is counted only and has reported nothing has no count to place either; the whole has.
        bool IsCounted(MeasureCell cell) =>
            cells.Any(c =>
                c.Statistic == "new"
                && c.State != CellState.NoData
                && c.Insats == cell.Insats
                && c.Gender == cell.Gender
                && c.PeriodFrom == cell.PeriodFrom
                && IsOfEverybody(c));
    }

    // The rows that hold counts added up, with their columns where not all of them do; null where no number that is seen does.
    private static string? AtMost(LaidOutMeasure measure)
    {
        var seen = measure.Seen.Where(s => s.Cell.Value != 0).GroupBy(s => s.Row).ToList();
        var rows = seen.Where(row => row.Any(IsAtMost)).ToList();
        if (rows.Count == 0)
            return null;
        if (rows.Count == seen.Count && seen.TrueForAll(row => row.All(IsAtMost)))
            return "talen";
        var names = rows.ConvertAll(row =>
            measure.RowLabel(row.Key).TrimStart('–', ' ')
            + (row.All(IsAtMost) ? "" : $" ({string.Join(", ", row.Where(IsAtMost).Select(s => measure.ColumnLabel(s.Column)))})"));
        return $"talen för {(names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} och {names[^1]}")}";

        static bool IsAtMost((string[] Row, string Column, MeasureCell Cell) seen) => seen.Cell is { IsAtMost: true, IsAtLeast: false };
    }

    private static IEnumerable<string> MissingExits(MeasureLayout layout, List<MeasureCell> wholes, ReportLabels labels)
    {
        var isSeveral = layout.Has("definition");
        // All definitions by reason lack the same exits, and say so once.
        foreach (
            var cell in wholes
                .Where(c => c.Missing is not null)
                .DistinctBy(c => isSeveral && !labels.IsIncrease(c.Definition) ? "" : c.Definition, StringComparer.Ordinal))
        {
            var isIncrease = labels.IsIncrease(cell.Definition);
            var what = isIncrease ? "saknas uppgift om arbete eller studier före eller efter" : "saknas avslutsorsak";
            var which = isSeveral && isIncrease ? $"{labels.Of(layout.Measure, "definition", cell.Definition ?? "")}: för" : "För";

            // That some lack it would say that they are not 0, where how many they are is kept back.
            if (cell.Missing!.Number is not { } number)
                continue;

            // Counted as not positive, they make every share too low: by how much is said where that says nothing of a few.
            var isOfExits = layout.Block["namnare"] is not "deltagande";
            var rest = isOfExits && cell is { State: CellState.Shown } ? Share.Of(cell.Numerator!.Value, cell.Denominator!.Value - number) : Share.Of(0, 0);
            var isTold = (isIncrease || !isSeveral) && rest.Denominator >= Few && rest.Numerator is 0 or >= 5 && rest.Denominator - rest.Numerator is 0 or >= 5;
            yield return $"{which} {Swedish.Count(number)}{(isOfExits && cell.Denominator is { } of ? $" av {Swedish.Count(of)}" : "")} avslut {what}. De räknas inte som positiva."
                + (isTold ? $" Bland de {Swedish.Count(rest.Denominator)} där uppgiften finns är andelen {Swedish.Percent(rest.Value!.Value)}." : "");
        }
    }

    // Of few periods each is told; of many, in how many of them it is so, and the sum where nothing of it is hidden.
    private static IEnumerable<string> MissingOverTime(LaidOutMeasure measure, List<MeasureCell> wholes, ReportLabels labels)
    {
        const int FewPeriods = 5;
        foreach (var definition in wholes.GroupBy(c => c.Definition, StringComparer.Ordinal))
        {
            // Only those that are rows: before the first and after the last there is nothing.
            var periods = definition
                .Where(c => measure.Layout.Rows is not ["period"] || measure.Rows.Any(r => r[0] == MeasureLayout.Key(c, "period")))
                .OrderBy(c => c.PeriodFrom)
                .ToList();
            var lacking = periods.Where(c => c.Missing?.Number is not null).ToList();
            if (lacking.Count == 0)
                continue;
            var what = labels.IsIncrease(definition.Key) ? "Uppgift om arbete eller studier före eller efter saknas" : "Avslutsorsak saknas";
            if (periods.Count <= FewPeriods)
            {
                yield return $"{what} för {string.Join("; ", lacking.Select(c => $"{Number(c)} {measure.Label("period", MeasureLayout.Key(c, "period"))}"))}. De räknas inte som positiva.";
                continue;
            }

            var isKnown = measure.Layout.Per != PeriodKind.Rolling12 && periods.TrueForAll(c => c.Missing is null or { Number: not null });
            yield return $"{what} för några avslut i {lacking.Count} av {periods.Count} perioder{(isKnown ? $", tillsammans {Swedish.Count(lacking.Sum(c => c.Missing!.Number!.Value))}" : "")}. De räknas inte som positiva.";
        }

        string Number(MeasureCell cell) =>
            $"{Swedish.Count(cell.Missing!.Number!.Value)}{(measure.Layout.Block["namnare"] is not "deltagande" && cell.Denominator is { } of ? $" av {Swedish.Count(of)}" : "")} avslut";
    }

    private static IEnumerable<string> TimeToExit(LaidOutMeasure measure, IReadOnlyList<MeasureCell> cells, List<MeasureCell> wholes, ReportLabels labels)
    {
        var layout = measure.Layout;
        if (layout.Per != PeriodKind.None)
            yield break;
        var (all, total, stillIn) = (wholes.Find(c => c.Statistic == "participations"), measure.Total, wholes.Find(c => c.Statistic == "still_in"));
        if (stillIn is { State: CellState.Hidden or CellState.Protecting })
            yield return "Ett antal deltaganden (visas inte) var kvar vid periodens slut och är med så länge de har följts.";
        else if (stillIn is { Value: > 0 and var still })
        {
            var of = total is { } n ? $" av {Swedish.Count(n)}" : "";
            yield return $"{Swedish.Count(still)}{of} deltaganden var kvar vid periodens slut och är med så länge de har följts.";
        }

        if (layout.Statistics[0].Name != "remaining" && all?.Missing?.Number is { } missing)
        {
            var what = labels.IsIncrease(all.Definition) ? "uppgift om arbete eller studier före eller efter" : "avslutsorsak";
            yield return $"För {Swedish.Count(missing)} avslut saknas {what}. De räknas som andra avslut.";
        }

        var sizes = measure.Columns.Where(c => c != MeasureCell.All)
            .Select(c => (Name: measure.ColumnLabel(c), N: measure.Cell([MeasureCell.All], c, "participations")?.Value))
            .Where(g => g.N is not null).Select(g => $"{g.Name} {Swedish.Count(g.N!.Value)}").ToList();
        if (layout.Column is not null && sizes.Count > 0)
            yield return $"n: {string.Join(", ", sizes)}.";

        var counts = cells.Where(c => c.Statistic == "at_risk").GroupBy(c => (c.Insats, c.Gender, c.AgeGroup, c.Education, c.Referrer))
            .Select(g => g.Select(c => c.Value).OfType<double>().ToList());
        if (counts.Any(c => c.Zip(c.Skip(1)).Any(pair => pair.Second > pair.First)))
            yield return "Antalet som följs kan öka: den som kom före perioden följs först från den tid hen redan hade varit inne.";
        if (layout.Column is not null)
            yield return "Om grupperna skiljer sig mer än slumpen kan ge är inte prövat. Kurvorna visar hur det gick, inte vad som hade hänt utan insatsen.";
        if (measure.IsFigure)
            yield return "Andelen är beräknad vid de markerade dagarna; linjen mellan dem visar bara vilka som hör ihop.";
        var curves = cells.Where(c => c.Category is not null && c.Statistic == layout.Statistics[0].Name).ToList();
        if (curves.Exists(c => c is { IsMerged: true, State: CellState.Shown }))
        {
            yield return "Skydd: mellan två markerade dagar, och efter den sista, är det 0 eller minst 5 avslut, 0 eller minst 5 som börjar följas och 0 eller minst 5 "
                + "som slutar följas. Andelarna är i hela procent, men aldrig 50\u00A0% där mer än hälften är kvar. Intervallen är avrundade utåt.";
        }

        var few = measure.Columns.Where(c => c != MeasureCell.All || measure.Columns.Count == 1)
            .Where(c => Curve(c) is { Count: > 0 } curve && curve.TrueForAll(x => x.State.IsKeptBack()))
            .Select(c => layout.Column is null ? "Alla" : measure.ColumnLabel(c)).ToList();
        if (few.Count > 0)
            yield return $"{string.Join(", ", few)}: för få för en kurva.";

        List<MeasureCell> Curve(string column) =>
            [.. measure.Rows.Where(r => !LaidOutMeasure.IsTotal(r)).Select(r => measure.Cell(r, column)).OfType<MeasureCell>()];
    }

    private static IEnumerable<string> BeforeAfter(MeasureLayout layout, List<MeasureCell> wholes)
    {
        if (layout.Per != PeriodKind.None || layout.Statistics.Any(s => s.Name.StartsWith("n_", StringComparison.Ordinal)))
            yield break;
        var what = layout.Measure.Name == "forsorjning" ? "försörjning" : "sysselsättning";
        var (paired, before, after, neither) = (Of("n_paired"), Of("n_before_only"), Of("n_after_only"), Of("n_neither"));
        var all = paired is { } p && before is { } b && after is { } a && neither is { } n ? (long?)(p + b + a + n) : null;
        var of = all is { } total ? $" av {Swedish.Count(total)}" : "";
        if (layout.Statistics.All(s => s.Name == "before_all" || s.Name == "after_all"))
        {
            var isBefore = layout.Statistics[0].Name == "before_all";
            if (paired + (isBefore ? before : after) is { } known && known != all)
                yield return $"Bygger på {Swedish.Count(known)}{of} avslut. För övriga saknas uppgift om {what} {(isBefore ? "före" : "efter")}.";
            yield break;
        }

        if (before is 0 && after is 0 && neither is 0)
            yield break;
        yield return $"Bygger på {(paired is { } both ? Swedish.Count(both) : "dem")}{(paired is null ? "" : of)} avslut med uppgift om {what} både före och efter. Bara före: {Text("n_before_only")}, bara efter: {Text("n_after_only")}, ingen uppgift: {Text("n_neither")}.";

        long? Of(string statistic) => wholes.Find(c => c.Statistic == statistic) is { State: CellState.Shown, Value: { } value } ? (long)value : null;

        string Text(string statistic) => Of(statistic) is { } number ? Swedish.Count(number) : (wholes.Find(c => c.Statistic == statistic)?.State ?? CellState.NoData).ToSwedish();
    }

    private static IEnumerable<string> Delprojekt(LaidOutMeasure measure, ReportLabels labels)
    {
        if (measure.Layout.Rows is not ["insats"])
            yield break;
        var names = measure.Rows.Select(r => r[0]).ToHashSet(StringComparer.Ordinal);
        if (
            labels.Measures.Insatser.Any(i =>
                i.ParentId != 0 && names.Contains(i.Name) && labels.Measures.Insatser.Any(o => o.Id == i.ParentId && names.Contains(o.Name))))
            yield return "Delprojekt (med streck före namnet) ingår också i sin insats.";
    }

    // Each share is rounded by itself, as it should be; that they then add up to 101 is said.
    private static IEnumerable<string> Rounded(LaidOutMeasure measure)
    {
        var layout = measure.Layout;
        if (layout.Measure.CategoryDimension is null || layout.Statistics.Any(s => s.Kind is not (StatisticKind.Share or StatisticKind.Count)))
            yield break;
        var wholes = layout.Block["typ"] == "staplar"
            ? measure.Rows.Select(r => Counts(measure.Columns.Where(c => c != MeasureCell.All).Select(c => measure.Cell(r, c)).ToList()))
            : layout is { Rows: ["category"], Statistics: [{ Kind: StatisticKind.Share }] }
                ? measure.Columns.Select(column => Shares(measure.Rows.Where(r => !LaidOutMeasure.IsTotal(r)).Select(r => measure.Cell(r, column)).ToList()))
                : [];
        var sums = wholes.Where(w => w.Count > 0).Select(w => w.Sum(s => Rounding.Percent(s)!.Value)).Where(sum => sum != 100).Distinct().Order().ToList();
        if (sums.Count > 0)
            yield return $"Andelarna är avrundade var för sig och blir därför tillsammans {string.Join(" eller ", sums)}{Swedish.NoBreakSpace}%.";

        static List<Share> Shares(List<MeasureCell?> cells) =>
            cells.TrueForAll(c => c is { State: CellState.Shown, Denominator: >= Few })
                ? cells.ConvertAll(c => Share.Of(c!.Numerator!.Value, c.Denominator!.Value))
                : [];

        // A bar is drawn of counts, as shares of their sum.
        static List<Share> Counts(List<MeasureCell?> cells)
        {
            if (!cells.TrueForAll(c => c is { State: CellState.Shown }))
                return [];
            var sum = cells.Sum(c => (long)c!.Value!.Value);
            return sum < Few ? [] : cells.ConvertAll(c => Share.Of((long)c!.Value!.Value, sum));
        }
    }
}
