using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Reporting.Measures;
using FinsamOutcomes.Reporting.Publishing;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>A single number in words, where it stands alone and no table says what it is of.</summary>
public sealed class NumberWords
{
    private readonly ReportLabels _labels;

    private NumberWords(ReportLabels labels) => _labels = labels;

    /// <summary>With the words that a förbund has now.</summary>
    public static async Task<NumberWords> OfAsync(FinsamDatabase database, int forbundId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var session = await database.ReadAsync(cancellationToken);
        var definitions = await PositiveDefinitions.LoadAsync(session, forbundId, cancellationToken);
        return new(new ReportLabels(await MeasureLabels.LoadAsync(session, forbundId, cancellationToken), definitions.All));
    }

    /// <summary>What is counted: <c>Positiva avslut: andel (arbete eller studier)</c>.</summary>
    public string Measure(MeasureCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var measure = MeasureCatalogue.Find(cell.Measure);
        var definition = cell.Definition is null ? "" : measure.TakesPositiveDefinition ? $" ({_labels.Of(measure, "definition", cell.Definition)})" : "";
        return $"{measure.Title}: {MeasureCatalogue.StatisticOf(cell).Label}{definition}";
    }

    /// <summary>Of whom and what: <c>Kvinnor, Vägen vidare, 1 januari–31 december 2025</c>.</summary>
    public string Of(MeasureCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var measure = MeasureCatalogue.Find(cell.Measure);
        var parts = new List<string>();
        if (cell.Category is not null and not MeasureCell.All)
        {
            var category = Category(cell.Category, "category");
            parts.Add(cell.FromCategory is null ? category : $"från {Category(cell.FromCategory, "from_category")} till {category}");
        }

        parts.AddRange(
            new[] { ("gender", cell.Gender), ("age", cell.AgeGroup), ("education", cell.Education), ("referrer", cell.Referrer) }
                .Where(d => d.Item2 != MeasureCell.All)
                .Select(d => Division(d.Item1) + string.Join(", ", d.Item2.Split(',').Select(c => _labels.Of(measure, d.Item1, c)))));
        parts.Add(cell.Insats == MeasureCell.All ? "hela förbundet" : cell.Insats);
        parts.Add(Swedish.Period(cell.PeriodFrom, cell.PeriodTo));
        return string.Join(" · ", parts);

        // "Uppgift saknas" by itself is of nothing.
        static string Division(string dimension) => dimension switch { "education" => "utbildning: ", "referrer" => "remittent: ", _ => "" };

        string Category(string code, string dimension) => measure.CategoryDimension == MeasureCatalogue.Days
            ? $"{code} dagar"
            : _labels.Of(measure, dimension, cell.Measure == "sjalvskattning" ? ReportLabels.ItemCode(cell.Definition, code) : code);
    }

    /// <summary>A number of a kept publication, as it was told.</summary>
    public static string Value(KeptNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return $"{(number.Bound is { } bound ? $"{bound} " : "")}{Value(number.Told)}";
    }

    /// <summary>How sure a share of ten or more is, <c>32–58 %</c>: its 95 % Wilson interval (<see cref="Share"/>). Null for other numbers.</summary>
    public static string? Interval(MeasureCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (
            cell is not { State: CellState.Shown, Bound: null, Numerator: { } x, Denominator: { } of } || MeasureCatalogue.StatisticOf(cell).Kind != StatisticKind.Share
            || Share.Of(x, of) is not { CarriesHeadline: true, Lower: { } lower, Upper: { } upper })
            return null;
        return Swedish.PercentRange(lower, upper);
    }

    /// <summary>The number with what it is made of, <c>45 % (9 av 20)</c>, or why there is none.</summary>
    public static string Value(MeasureCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (cell.State != CellState.Shown || cell.Value is not { } value)
            return cell.State == CellState.Shown ? CellState.NoData.ToSwedish() : cell.State.ToSwedish();
        var kind = MeasureCatalogue.StatisticOf(cell).Kind;
        var number = $"{(cell.Bound is { } bound ? $"{bound} " : "")}{Swedish.Value(value, LaidOutMeasure.Unit(kind))}";
        return kind switch
        {
            StatisticKind.Share when cell is { Numerator: { } x, Denominator: { } of } => $"{number} ({Swedish.Count(x)} av {Swedish.Count(of)})",
            StatisticKind.Score or StatisticKind.Days when cell.N is { } n => $"{number} (n = {Swedish.Count(n)})",
            _ => number,
        };
    }
}
