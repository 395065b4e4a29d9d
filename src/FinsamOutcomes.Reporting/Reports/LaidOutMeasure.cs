using System.Globalization;
using FinsamOutcomes.Reporting.Figures;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>The cells of a measure in rows and columns, ready to be drawn or tabled. The cells have passed the gate.</summary>
internal sealed class LaidOutMeasure
{
    private readonly Dictionary<string, MeasureCell> _cells = new(StringComparer.Ordinal);
    private readonly ReportLabels _labels;
    private readonly IReadOnlyDictionary<DateOnly, string> _periodLabels;

    /// <summary>Where all who are counted are of one gender, a column of all says the same once more.</summary>
    public void LeaveOutTotalColumn()
    {
        if (Columns.Any(c => c != MeasureCell.All))
            Columns = [.. Columns.Where(c => c != MeasureCell.All)];
    }

    public LaidOutMeasure(
        MeasureLayout layout,
        IReadOnlyList<MeasureCell> cells,
        ReportLabels labels,
        IReadOnlyDictionary<DateOnly, string> periodLabels,
        Publication publication)
    {
        (Layout, _labels, _periodLabels) = (layout, labels, periodLabels);
        IsRounded = publication.Policy == PublicationPolicy.AvrundatTill5;
        string[] axes = layout.Column is null ? [.. layout.Rows] : [.. layout.Rows, layout.Column];
        var used = cells
            .Where(c => layout.Statistics.Any(s => s.Name == c.Statistic))
            .Where(c => axes.Contains("category", StringComparer.Ordinal) || layout.Measure.CategoryDimension is null || c.Category is null or MeasureCell.All)
            .ToList();
        foreach (var cell in used)
        {
            if (!_cells.TryAdd(Id([.. axes.Select(a => MeasureLayout.Key(cell, a)), cell.Statistic]), cell))
                throw layout.Block.Error(
                    "Flera tal skulle hamna i samma ruta. Lägg till den indelning som skiljer dem åt, till exempel ”category”, i rader eller kolumner.");
        }

        // Bars are cut in parts of a whole, and say nothing with one part.
        var needsAll = layout.Block["typ"] is "staplar" or "svar";
        IsLeftOut = used.Exists(c => c.IsLeftOut) && (needsAll || used.TrueForAll(c => c.IsLeftOut || c.State is CellState.NoData or CellState.NotAsked));
        IsLeftOutForEarlier = IsLeftOut && used.Exists(c => c.IsForEarlier);
        var leftOut = IsLeftOut ? [] : used.Where(c => c.IsLeftOut).Select(c => c.Statistic).ToHashSet(StringComparer.Ordinal);
        used.RemoveAll(c => leftOut.Contains(c.Statistic));
        Rows = [.. Ordered(used, layout.Rows)];
        Columns = layout.Column is { } column ? [.. Ordered(used, [column]).Select(k => k[0])] : [MeasureCell.All];
        var notes = new List<string>();
        if (layout.Has("gender") && used.Count > 0 && used.TrueForAll(c => c.Gender == MeasureCell.All))
            notes.Add(used.Exists(c => c.IsForEarlier)
                ? "Uppdelat på kön skulle små tal gå att räkna ut tillsammans med tidigare publiceringar. Här räknas alla tillsammans."
                : "Uppdelat på kön är de flesta tal för små för att visas. Här räknas alla tillsammans.");
        if (leftOut.Count > 0)
            notes.Add($"{string.Join(", ", layout.Statistics.Where(s => leftOut.Contains(s.Name)).Select(s => s.Label))}: visas inte, eftersom de flesta talen är för små.");
        if (publication.LeavesOutUnknownGender)
            notes.Add(UnknownGender.Note);
        LeaveOutUnknownGender(used, notes);
        if (layout.Block["nollor"] == "nej")
            LeaveOutEmptyRows(used, notes);
        if (layout.Rows is ["period"])
        {
            // Before the first participation and after the last there is nothing to follow.
            Rows = [.. Rows.SkipWhile(row => IsEmptyRow(used, row)).Reverse().SkipWhile(row => IsEmptyRow(used, row)).Reverse()];
        }

        notes.AddRange(MeasureNotes.Of(this, cells, labels));
        Notes = notes;
    }

    public MeasureLayout Layout { get; }

    /// <summary>The codes of each row, one for each dimension of the rows.</summary>
    public IReadOnlyList<string[]> Rows { get; private set; }

    /// <summary>What was left out, by name, and why.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>True when the shares rest on rounded counts: no limits are drawn and nothing is concluded from them.</summary>
    public bool IsRounded { get; }

    /// <summary>The codes of the columns.</summary>
    public IReadOnlyList<string> Columns { get; private set; }

    /// <summary>True for a figure and the numbers of it: totals are not drawn, and are told by n at most.</summary>
    public bool IsFigure => Layout.Block.Kind == "diagram";

    /// <summary>What is seen of the cells.</summary>
    public IEnumerable<(string[] Row, string Column, MeasureCell Cell)> Seen =>
        from row in Rows
        where !IsFigure || !IsTotal(row)
        from column in Columns
        where !IsFigure || Columns.Count == 1 || column != MeasureCell.All
        let cell = Cell(row, column)
        where cell is { State: CellState.Shown }
        select (row, column, cell);

    /// <summary>What the whole measure rests on: the n of its total, summed over periods; null when that can't be told.</summary>
    public long? Total
    {
        get
        {
            var wholes = _cells
                .Values.Where(c => MeasureNotes.IsWhole(Layout, c) && c.Statistic == Layout.Statistics[0].Name && !Layout.Has("definition"))
                .ToList();
            var totals = wholes.Where(c => c.Category is null or MeasureCell.All).ToList();
            if (Layout.Measure.CategoryDimension == MeasureCatalogue.Days)
            {
                // Beside the sizes of the other groups it would give that of a hidden one.
                var sizes = _cells.Values.Where(c => c.Statistic == "participations").ToList();
                return sizes.Exists(c => c.State.IsKeptBack()) ? null : (long?)sizes.Find(c => MeasureNotes.IsWhole(Layout, c))?.Value;
            }

            if (Layout.Per == PeriodKind.None && MeasureNotes.Bases(Layout, [.. _cells.Values]).Select(b => b.N).Distinct().Count() > 1)
                return null;

            // Before and after have no cell for all groups together; each group rests on the same exits.
            if (totals.Count == 0 && Layout is { Per: PeriodKind.None, Measure.CategoryDimension: not null } && wholes.Select(c => c.N).Distinct().Count() == 1)
                return wholes[0].N;
            if (Layout.Per == PeriodKind.None)
                return totals.FirstOrDefault()?.N;
            return Layout.Per != PeriodKind.Rolling12 && totals.Count > 0 && totals.TrueForAll(c => c is { N: not null, State: not (CellState.Hidden or CellState.Protecting) })
                ? totals.Sum(c => c.N!.Value)
                : null;
        }
    }

    /// <summary>True when every number was kept back or missing.</summary>
    public bool IsEmpty =>
        _cells.Count == 0
        || Rows.Count == 0
        || (Layout.Block["nollor"] == "nej" && Rows.All(IsTotal))
        || _cells.Values.All(c => c.State is CellState.NoData or CellState.NotAsked)
        || IsLeftOut;

    /// <summary>True when it is empty because most of it would have been hidden.</summary>
    public bool IsLeftOut { get; }

    /// <summary>True where it is left out for what an earlier publication hides.</summary>
    public bool IsLeftOutForEarlier { get; }

    /// <summary>True when it is empty because everything that was counted is 0, which is a number and not a lack of one.</summary>
    public bool IsZero =>
        IsEmpty
        && _cells.Values.Any(c => c is { State: CellState.Shown, Value: 0, Denominator: null })
        && !_cells.Values.Any(c => c.State.IsKeptBack() || c is { State: CellState.Shown, Value: not 0 });

    /// <summary>Why it is empty: the question was never put, or there is nothing to count.</summary>
    public CellState EmptyState => _cells.Count > 0 && _cells.Values.All(c => c.State == CellState.NotAsked) ? CellState.NotAsked : CellState.NoData;

    /// <summary>The cell of a row and column, or null when the measure gave none.</summary>
    public MeasureCell? Cell(string[] row, string column) => Cell(row, column, Statistic(row, column).Name);

    /// <summary>The cell of a row and column for one statistic of several.</summary>
    public MeasureCell? Cell(string[] row, string column, string statistic) =>
        _cells.GetValueOrDefault(Id(Layout.Column is null ? [.. row, statistic] : [.. row, column, statistic]));

    public static bool IsTotal(string[] row) => row.Length > 0 && row.All(code => code == MeasureCell.All);

    public string RowLabel(string[] row) =>
        row.Length == 0 ? Layout.Statistics[0].Label : string.Join(", ", row.Select((code, i) => Label(Layout.Rows[i], code)));

    public string Label(string dimension, string code) =>
        dimension == "period" && code != MeasureCell.All
            ? _periodLabels.GetValueOrDefault(DateOnly.ParseExact(code, "yyyy-MM-dd", CultureInfo.InvariantCulture), code)
            : _labels.Of(Layout.Measure, dimension, code);

    public string ColumnLabel(string column) => Layout.Column is { } dimension ? Label(dimension, column) : Layout.Statistics[0].Label;

    /// <summary>The statistic of a cell in a row and column, also where the measure gave no cell.</summary>
    public MeasureStatistic Statistic(string[] row, string column)
    {
        var name = Layout.Column == "statistic" ? column : Layout.Rows.ToList().IndexOf("statistic") is >= 0 and var i ? row[i] : Layout.Statistics[0].Name;
        return Layout.Statistics.First(s => s.Name == name);
    }

    public static ValueUnit Unit(StatisticKind kind) => kind switch
    {
        StatisticKind.Count => ValueUnit.Count,
        StatisticKind.Share or StatisticKind.CurveShare => ValueUnit.Percent,
        StatisticKind.ShareDifference => ValueUnit.PercentagePoints,
        StatisticKind.Score => ValueUnit.Score,
        StatisticKind.Days => ValueUnit.Days,
        StatisticKind.Kronor => ValueUnit.Kronor,
        StatisticKind.Probability => ValueUnit.Probability,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    // A few of unknown gender would make every table half as wide again and say "dold" in each cell of it.
    private void LeaveOutUnknownGender(List<MeasureCell> used, List<string> notes)
    {
        var place = Layout.Rows.ToList().IndexOf("gender");
        if (Layout.Column != "gender" && place < 0)
            return;
        var cells = used.Where(c => c.Gender == "unknown").ToList();
        if (cells.Exists(c => c.State == CellState.Shown && !IsNothing(c)))
            return;
        if (place < 0)
            Columns = [.. Columns.Where(c => c != "unknown")];
        else
            Rows = [.. Rows.Where(row => row[place] != "unknown")];
        if (cells.Exists(c => c.State.IsKeptBack()))
            notes.Add(
                IsFigure
                    ? "Okänt kön är för få för att visas för sig, och ingår varken i kvinnornas eller männens tal."
                    : "Okänt kön är för få för att visas för sig, men ingår i Alla.");
    }

    private void LeaveOutEmptyRows(List<MeasureCell> used, List<string> notes)
    {
        var empty = Rows.Where(row => !IsTotal(row) && IsEmptyRow(used, row)).ToList();

        // A delprojekt that stays would stand under another insats than its own.
        empty.RemoveAll(row => Rows.Except(empty).Any(other => IsPartOf(other, row)));
        if (empty.Count == 0)
            return;
        Rows = [.. Rows.Except(empty)];
        // Where people in structural insatser are counted, no other insats could have any.
        if (Layout is { Statistics: [{ Name: "structural" }], Rows: ["insats"] })
            empty.RemoveAll(row => !_labels.Measures.Insatser.Any(i => i.Name == row[0] && i.IsStructural));
        notes.AddRange(WhyEmpty(empty));
    }

    /// <summary>Rows that were left out by name, and why: nobody to count, only counted, or nothing to count by.</summary>
    public IEnumerable<string> WhyEmpty(IReadOnlyCollection<string[]> rows)
    {
        foreach (var reason in rows.GroupBy(Reason).OrderBy(g => g.Key, StringComparer.Ordinal))
            yield return Swedish.Sentence($"{reason.Key}: {string.Join(", ", reason.Select(row => RowLabel(row).TrimStart('–', ' ')))}");

        string Reason(string[] row)
        {
            var insats = Layout.Rows is ["insats"] ? _labels.Measures.Insatser.FirstOrDefault(i => i.Name == row[0]) : null;
            var cells = Columns.Select(c => Cell(row, c)).OfType<MeasureCell>().ToList();
            if (insats is { IsStructural: true } && Layout.Measure.Name == "personer" && !Layout.Statistics.Any(s => s.Name == "structural"))
                return "Har inga deltagare, eftersom de är strukturövergripande";
            if (insats is { IsCountedOnly: true } && cells.TrueForAll(c => c.State == CellState.NoData))
                return Layout.Measure.Name == "personer"
                    ? "Inget antal i perioden (inte inrapporterat, eller för en längre tid)"
                    : "Räknar bara hur många som deltar, så det här följs inte";
            return cells.Exists(c => c is { State: CellState.Shown, Value: 0, Denominator: null or 0 }) ? "Inga att räkna" : "Inget underlag";
        }
    }

    private bool IsPartOf(string[] row, string[] whole)
    {
        var place = Layout.Rows.ToList().IndexOf("insats");
        return place >= 0
            && _labels.Measures.Insatser.FirstOrDefault(i => i.Name == whole[place]) is { } insats
            && _labels.Measures.Insatser.Any(i => i.ParentId == insats.Id && i.Name == row[place]);
    }

    private bool IsEmptyRow(List<MeasureCell> used, string[] row) =>
        used.Where(c => Layout.Rows.Select(d => MeasureLayout.Key(c, d)).SequenceEqual(row, StringComparer.Ordinal)).All(IsNothing);

    private static bool IsNothing(MeasureCell cell) =>
        cell.State is CellState.NoData or CellState.NotAsked || cell is { State: CellState.Shown, Value: 0, Denominator: null or 0 };

    private static string Id(IEnumerable<string> codes) => string.Join('\u001f', codes);

    private IEnumerable<string[]> Ordered(IEnumerable<MeasureCell> cells, IReadOnlyList<string> dimensions)
    {
        var distinct = cells.Select(c => dimensions.Select(d => MeasureLayout.Key(c, d)).ToArray()).DistinctBy(Id, StringComparer.Ordinal);
        IOrderedEnumerable<string[]>? ordered = null;
        for (var i = 0; i < dimensions.Count; i++)
        {
            var (index, dimension) = (i, dimensions[i]);
            ordered = ordered is null
                ? distinct.OrderBy(k => _labels.Order(Layout, dimension, k[index]))
                : ordered.ThenBy(k => _labels.Order(Layout, dimension, k[index]));
        }

        return ordered ?? distinct;
    }
}
