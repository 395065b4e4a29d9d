using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.Measures;
using Spectre.Console;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary>A measure as a table to read, with what a reader must know above it.</summary>
internal sealed class StatistikTable
{
    private readonly List<string> _heading;
    private readonly List<(string Name, bool IsNumber)> _columns = [];
    private readonly List<string[]> _rows = [];

    public StatistikTable(
        string forbund,
        MeasureInfo info,
        MeasureRequest request,
        string? definition,
        IReadOnlyList<MeasureCell> cells,
        MeasureLabels labels,
        Dictionary<(DateOnly From, DateOnly To), string> periods,
        DateOnly today)
    {
        _heading =
        [
            $"{info.Title}, {(request.To > today ? $"{Swedish.Period(request.From, today)}, hittills" : Swedish.Period(request.From, request.To))} – {forbund}",
            "INTERNT UNDERLAG: exakta tal, även små. Det som publiceras ska gå genom rapporterna.",
            $"Enhet: {info.UnitText}.",
            $"Period: {info.PeriodRule}",
            .. definition is null ? Array.Empty<string>() : [$"Positivt avslut: {definition}."],
            .. info.TakesDenominator ? [$"Nämnare: {(request.Denominator ?? MeasureCatalogue.Denominators[0]).Replace('-', ' ')}."] : Array.Empty<string>(),
            $"Definition: {info.Definition}",
            .. cells.Any(c => c.Bound is not null)
                ? ["Minst: antal är inte inrapporterade. Högst: den som var med båda halvåren är räknad två gånger. Ungefär: båda delarna."]
                : Array.Empty<string>(),
        ];

        var statistics = info.Statistics.ToDictionary(s => s.Name);
        var key = KeyColumns(info, request, cells, labels, periods);
        // Counts side by side are easier to read than one below the other.
        if (info.CategoryDimension is null && info.Statistics.All(s => s.Kind == StatisticKind.Count))
        {
            _columns.AddRange([.. key.Select(k => (k.Name, false)), .. info.Statistics.Select(s => (s.Label, true))]);
            _rows.AddRange(
                cells
                    .Chunk(info.Statistics.Count)
                    .Select(row => (string[])[.. key.Select(k => k.Text(row[0])), .. row.Select(c => Value(c, StatisticKind.Count))]));
            return;
        }

        _columns.AddRange([.. key.Select(k => (k.Name, false)), ("Uppgift", false), ("Värde", true), ("Antal", true), ("95 % intervall", true), ("n", true)]);
        _rows.AddRange(cells.Select(c => (string[])
        [
            .. key.Select(k => k.Text(c)),
            statistics[c.Statistic].Label,
            Value(c, statistics[c.Statistic].Kind),
            c.Numerator is { } x && c.Denominator is { } of ? $"{Swedish.Count(x)} av {Swedish.Count(of)}" : "",
            Interval(c, statistics[c.Statistic].Kind),
            c.N is { } n ? Swedish.Count(n) : "",
        ]));
    }

    public void WriteTo(TextWriter writer, bool isTerminal)
    {
        foreach (var line in _heading)
            writer.WriteLine(line);
        writer.WriteLine();
        if (isTerminal)
            WriteDrawn();
        else
            WritePlain(writer);
    }

    private void WriteDrawn()
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (name, isNumber) in _columns)
            table.AddColumn(new TableColumn(Markup.Escape(name)) { Alignment = isNumber ? Justify.Right : Justify.Left });
        foreach (var row in _rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private void WritePlain(TextWriter writer)
    {
        int[] widths = [.. _columns.Select((c, i) => Math.Max(c.Name.Length, _rows.Select(r => r[i].Length).DefaultIfEmpty().Max()))];
        Line([.. _columns.Select(c => c.Name)]);
        Line([.. widths.Select(w => new string('-', w))]);
        foreach (var row in _rows)
            Line(row);

        void Line(string[] row) => writer.WriteLine(
            string.Join("  ", row.Select((text, i) => _columns[i].IsNumber ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd());
    }

    private static List<(string Name, Func<MeasureCell, string> Text)> KeyColumns(
        MeasureInfo info,
        MeasureRequest request,
        IReadOnlyList<MeasureCell> cells,
        MeasureLabels labels,
        Dictionary<(DateOnly From, DateOnly To), string> periods)
    {
        var columns = new List<(string, Func<MeasureCell, string>)>();
        if (request.Per != PeriodKind.None)
            columns.Add(("Period", c => periods[(c.PeriodFrom, c.PeriodTo)]));
        if (request.By.HasFlag(MeasureDimensions.Insats) || request.Insats is not null)
            columns.Add(("Insats", c => c.Insats == MeasureCell.All ? "Alla" : c.Insats));
        AddDimension(MeasureDimensions.Gender, "Kön", "gender", c => c.Gender);
        AddDimension(MeasureDimensions.Age, "Ålder", "age", c => c.AgeGroup);
        AddDimension(MeasureDimensions.Education, "Utbildning", "education", c => c.Education);
        AddDimension(MeasureDimensions.Referrer, "Remittent", "referrer", c => c.Referrer);
        if (info.Unit == MeasureUnit.Answers)
            columns.Add(("Instrument", c => c.Definition ?? ""));
        if (cells.Any(c => c.FromCategory is not null))
            columns.Add(("Från", c => Category(c.FromCategory)));
        if (cells.Any(c => c.Category is not null))
        {
            var name = info.Unit == MeasureUnit.Answers ? "Fråga" : info.Statistics[0].Kind == StatisticKind.CurveShare ? "Dagar" : "Grupp";
            columns.Add((name, c => Category(c.Category)));
        }

        return columns;

        void AddDimension(MeasureDimensions dimension, string name, string codes, Func<MeasureCell, string> code)
        {
            if (request.By.HasFlag(dimension))
                columns.Add((name, c => labels.Of(codes, code(c))));
        }

        string Category(string? code) => code is null ? "" : info.CategoryDimension is { } dimension ? labels.Of(dimension, code) : code;
    }

    private static string Value(MeasureCell cell, StatisticKind kind) => cell.Value is not { } value ? cell.State.ToSwedish()
        : cell.IsOfFew ? kind is StatisticKind.ShareDifference or StatisticKind.CurveShare ? MeasureCell.TooFew
            : $"{Swedish.Count(cell.Numerator!.Value)} av {Swedish.Count(cell.Denominator!.Value)}"
        : (cell.Bound is { } bound ? bound + " " : "") + Number(value, kind);

    private static string Number(double value, StatisticKind kind) => kind switch
    {
        StatisticKind.Share or StatisticKind.CurveShare => Swedish.Percent(value),
        StatisticKind.ShareDifference => Swedish.Number(value * 100, 1) + Swedish.NoBreakSpace + "procentenheter",
        StatisticKind.Score => Swedish.Number(value, 2),
        StatisticKind.Kronor => Swedish.Count(value) + Swedish.NoBreakSpace + "kr",
        StatisticKind.Probability => value < 0.0005 ? "< 0,001" : Swedish.Number(value, 3),
        StatisticKind.Days => Swedish.Count(value) + Swedish.NoBreakSpace + "dagar",
        _ => Swedish.Count(value),
    };

    private static string Interval(MeasureCell cell, StatisticKind kind) => (cell.Lower, cell.Upper) switch
    {
        _ when cell.IsOfFew => "",
        (null, null) => "",
        ({ } lower, { } upper) when kind is StatisticKind.Share or StatisticKind.CurveShare => Swedish.PercentRange(lower, upper),
        ({ } lower, { } upper) when kind == StatisticKind.ShareDifference => $"{Swedish.Number(lower * 100, 1)} till {Swedish.Number(upper * 100, 1)}",
        ({ } lower, { } upper) when kind == StatisticKind.Days => $"{Swedish.Count(lower)}–{Swedish.Count(upper)}",
        ({ } lower, null) => $"{Number(lower, kind)} eller mer",
        (null, { } upper) => $"högst {Number(upper, kind)}",
        ({ } lower, { } upper) => $"{Number(lower, kind)} till {Number(upper, kind)}",
    };
}
