using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>What a block of a report definition asks for, checked: a measure laid out in rows and columns.</summary>
internal sealed record MeasureLayout
{
    private static readonly Dictionary<string, MeasureDimensions> s_dimensions = new(StringComparer.Ordinal)
    {
        ["insats"] = MeasureDimensions.Insats,
        ["gender"] = MeasureDimensions.Gender,
        ["age"] = MeasureDimensions.Age,
        ["education"] = MeasureDimensions.Education,
        ["referrer"] = MeasureDimensions.Referrer,
    };

    private const string Curve = "tid";

    private static readonly string[] s_others = ["category", "from_category", "statistic", "period", "definition"];

    public required DefinitionRequest Block { get; init; }

    public required MeasureInfo Measure { get; init; }

    public required IReadOnlyList<MeasureStatistic> Statistics { get; init; }

    /// <summary>Dimensions of the rows; empty for a single row.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Dimension of the columns or series, null for one.</summary>
    public required string? Column { get; init; }

    public required PeriodKind Per { get; init; }

    /// <summary>How many years, the report's own included.</summary>
    public required int Years { get; init; }

    /// <summary>First day counted.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day counted: never after today.</summary>
    public DateOnly To { get; init; }

    public MeasureDimensions By => Rows.Append(Column).Aggregate(MeasureDimensions.None, (by, name) => by | s_dimensions.GetValueOrDefault(name ?? ""));

    public bool Has(string dimension) => Column == dimension || Rows.Contains(dimension, StringComparer.Ordinal);

    /// <exception cref="ReportDefinitionException">A key has a value that can't be understood.</exception>
    public static MeasureLayout Read(DefinitionRequest block)
    {
        MeasureInfo measure;
        try
        {
            measure = MeasureCatalogue.Find(block.Required("matt"));
        }
        catch (MeasureRequestException e)
        {
            throw block.Error(e.Message);
        }

        var names = block.List("statistik");
        var statistics = names
            .Select(name =>
                measure.Statistics.FirstOrDefault(s => s.Name == name)
                ?? throw block.Error(
                    $"Måttet {measure.Name} har ingen statistik ”{name}”. Det har: {string.Join(", ", measure.Statistics.Select(s => s.Name))}."))
            .ToList();
        var rows = block.List("rader");
        var column = block["kolumner"];
        foreach (var dimension in rows.Concat(column is null ? [] : [column]))
        {
            if (!s_dimensions.ContainsKey(dimension) && !s_others.Contains(dimension, StringComparer.Ordinal))
                throw block.Error($"Indelningen ”{dimension}” finns inte. Det finns: {string.Join(", ", s_dimensions.Keys.Concat(s_others))}.");
        }

        var layout = new MeasureLayout
        {
            Block = block,
            Measure = measure,
            Statistics =
                statistics.Count > 0 ? statistics
                : rows.Concat([column ?? ""]).Contains("statistic", StringComparer.Ordinal) ? measure.Statistics
                : [measure.Statistics[0]],
            Rows = rows,
            Column = column,
            Per = block["per"] is not { } per ? PeriodKind.None
                : Enum.TryParse<PeriodKind>(per, ignoreCase: true, out var kind) ? kind
                : throw block.Error($"”per: {per}” ska vara month, quarter, tertial, half, year eller rolling12."),
            Years = block["bakat"] is not { } back ? 1
                : int.TryParse(back, out var years) && years is >= 1 and <= 20 ? years
                : throw block.Error("”bakat” ska vara antal år, 1–20, rapportens eget år inräknat."),
        };
        if (block.Kind == "diagram" && measure.CategoryDimension == MeasureCatalogue.Days)
            return layout.RequireCurve();
        if (block["typ"] == Curve)
            throw block.Error($"Diagramtypen {Curve} är till för måttet tid-till-avslut.");
        // A row or an axis has one unit.
        if (
            (rows.Contains("statistic", StringComparer.Ordinal) || (block.Kind == "diagram" && block["typ"] != "hantel"))
            && layout.Statistics.Select(s => s.Kind).Distinct().Count() > 1)
            throw block.Error(
                $"Statistiken i raderna och i ett diagram ska ha samma enhet. Välj med ”statistik: …”, eller skriv ”kolumner: statistic” i en tabell. Måttet {measure.Name} har: {string.Join(", ", measure.Statistics.Select(s => s.Name))}."
            );
        if ((layout.By & ~measure.Dimensions) != MeasureDimensions.None)
            throw block.Error($"Måttet {measure.Name} kan inte delas upp så.");
        return layout;
    }

    // A curve and what belongs to it: how many are followed at each mark, and of how many it is.
    private MeasureLayout RequireCurve()
    {
        if (Block["typ"] != Curve || Rows is not ["category"] || Column == "statistic" || Per != PeriodKind.None
            || Statistics is not [{ Kind: StatisticKind.CurveShare } curve])
        {
            var curves = string.Join(", ", Measure.Statistics.Where(s => s.Kind == StatisticKind.CurveShare).Select(s => s.Name));
            throw Block.Error($"Måttet {Measure.Name} ritas med ”typ: {Curve}”, ”rader: category”, en statistik ({curves}) och utan ”per”.");
        }

        return this with { Statistics = [curve, .. Measure.Statistics.Where(s => s.Kind == StatisticKind.Count)] };
    }

    /// <summary>The value of a cell in one dimension.</summary>
    public static string Key(MeasureCell cell, string dimension) => dimension switch
    {
        "insats" => cell.Insats,
        "gender" => cell.Gender,
        "age" => cell.AgeGroup,
        "education" => cell.Education,
        "referrer" => cell.Referrer,
        "category" when cell is { Measure: "sjalvskattning", Category: { } item } => ReportLabels.ItemCode(cell.Definition, item),
        "category" => cell.Category ?? MeasureCell.All,
        "from_category" => cell.FromCategory ?? MeasureCell.All,
        "statistic" => cell.Statistic,
        "period" => cell.PeriodFrom.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        "definition" => cell.Definition ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, message: null),
    };
}
