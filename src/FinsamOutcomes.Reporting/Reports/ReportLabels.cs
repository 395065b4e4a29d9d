using System.Globalization;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>The Swedish words for the codes of every dimension, and the order they are listed in: women before men, totals last.</summary>
internal sealed class ReportLabels
{
    private readonly Dictionary<(string Dimension, string Code), (string Label, int Order)> _codes = [];
    private readonly HashSet<string> _increases;

    /// <param name="measures">Words of the register.</param>
    /// <param name="definitions">The definitions of positive exit.</param>
    /// <param name="isOneInsats">True where only one insats and its delprojekt are told of: none of them needs to be set under another.</param>
    public ReportLabels(MeasureLabels measures, IReadOnlyList<PositiveDefinitionRow> definitions, bool isOneInsats = false)
    {
        Measures = measures;
        _increases = [.. definitions.Where(d => d.Kind == "increase").Select(d => d.Code)];
        foreach (var dimension in new[] { "gender", "age", "education", "referrer", "exit_reason", "livelihood", "occupation" })
        {
            foreach (var code in measures.Codes(dimension))
                Add(dimension, code.Code, code.Label);
        }

        // An en dash sets a delprojekt under its insats, also where a table is read aloud.
        foreach (var insats in measures.Insatser)
            Add("insats", insats.Name, insats.ParentId == 0 || isOneInsats ? insats.Name : "– " + insats.Name);
        foreach (var definition in definitions)
            Add("definition", definition.Code, Capital(definition.Label));
        foreach (var item in measures.Items)
            Add(
                "item",
                ItemCode(measures.Instrument(item), item.Item),
                measures.Items.Count(i => i.Text == item.Text) > 1 ? $"{item.Text} ({measures.Instrument(item)})" : item.Text);
    }

    public MeasureLabels Measures { get; }

    /// <summary>True for a definition of positive exit that asks for more work or studies after than before, and not for a reason.</summary>
    public bool IsIncrease(string? definition) => definition is not null && _increases.Contains(definition);

    /// <summary>A question as a code: two instruments, or two versions of one, can ask questions with the same code.</summary>
    public static string ItemCode(string? instrument, string item) => $"{instrument}\u001e{item}";

    /// <summary>The label of a code in a dimension of a measure.</summary>
    public string Of(MeasureInfo measure, string dimension, string code) => dimension switch
    {
        _ when code == MeasureCell.All => "Alla",
        "statistic" => measure.Statistics.First(s => s.Name == code).Label,
        _ => Find(measure, dimension, code)?.Label ?? code,
    };

    /// <summary>Where a code stands among those of its dimension; totals last.</summary>
    public int Order(MeasureLayout layout, string dimension, string code)
    {
        if (code == MeasureCell.All)
            return int.MaxValue;
        return dimension switch
        {
            "statistic" => layout.Statistics.Select(s => s.Name).ToList().IndexOf(code),
            "period" => DateOnly.ParseExact(code, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber,
            "category" when layout.Measure.CategoryDimension == MeasureCatalogue.Days => int.Parse(code, CultureInfo.InvariantCulture),
            _ => Find(layout.Measure, dimension, code)?.Order ?? int.MaxValue - 1,
        };
    }

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    private (string Label, int Order)? Find(MeasureInfo measure, string dimension, string code)
    {
        var list = dimension is "category" or "from_category" ? measure.CategoryDimension ?? "item" : dimension;
        return _codes.TryGetValue((list, code), out var found) ? found : null;
    }

    private void Add(string dimension, string code, string label) => _codes.TryAdd((dimension, code), (label, _codes.Count));
}
