using FinsamOutcomes.Data.Import;
using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Reports;

/// <summary>
/// The measures that a target can be set for: those with one number to hold against it. What is divided into categories,
/// compared between groups or asked of participants has none.
/// </summary>
public static class TargetMeasures
{
    public static IReadOnlyList<MeasureInfo> All { get; } =
    [
        .. MeasureCatalogue.All.Where(m =>
            m.CategoryDimension is null
            && m.Unit != MeasureUnit.Answers
            && m.Statistics[0].Kind is StatisticKind.Count or StatisticKind.Share or StatisticKind.Days or StatisticKind.Kronor),
    ];

    /// <summary>The same as a file of targets names them.</summary>
    public static IReadOnlyList<TargetableMeasure> Importable { get; } =
        [.. All.Select(m => new TargetableMeasure(m.Name, m.Title, IsShare(m), m.TakesPositiveDefinition))];

    /// <summary>What a column of an import file may hold, with words: also the measures, which the data knows nothing of.</summary>
    public static IReadOnlyList<(string Code, string Label)> Codes(ImportColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Name == ImportFormat.MeasureColumn ? [.. All.Select(m => (m.Name, Choice(m)))] : ImportFormat.Codes(column);
    }

    public static MeasureInfo? Find(string? name) => All.FirstOrDefault(m => m.Name == name);

    /// <summary>A target is typed and shown as per cent and kept as a share.</summary>
    public static bool IsShare(MeasureInfo measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return measure.Statistics[0].Kind == StatisticKind.Share;
    }

    /// <summary>What the number is counted in, for a label: <c>procent</c>, <c>dagar</c>, <c>kronor</c>, or what is counted.</summary>
    public static string UnitText(MeasureInfo measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return IsShare(measure)
            ? "procent"
            : measure.Statistics[0].Kind switch
            {
                StatisticKind.Days => "dagar",
                StatisticKind.Kronor => "kronor",
                _ => measure.UnitText,
            };
    }

    /// <summary>What a target counts, where the measure's title doesn't say it: persons are participants, or those who come to a structural insats.</summary>
    public static string Title(MeasureInfo measure, bool isStructural)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return measure.Name != "personer" ? measure.Title : isStructural ? "Personer i strukturövergripande insats" : "Personer (deltagare, även anonyma)";
    }

    /// <summary>A measure to choose, with what its target is counted in.</summary>
    public static string Choice(MeasureInfo measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return measure.Name == "personer" ? Title(measure, isStructural: false) : MeasureInfo.WithUnit(measure.Title, UnitText(measure));
    }

    /// <summary>A goal as it is read: <c>36 %</c>, <c>1 150</c>, <c>40 000 kr</c>.</summary>
    public static string GoalText(MeasureInfo measure, decimal goal)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var decimals =
            goal * 100 % 1 == 0 ? 0
            : goal * 1000 % 1 == 0 ? 1
            : 2;
        return IsShare(measure)
            ? Swedish.Percent((double)goal, decimals)
            : Swedish.Count((double)goal) + (measure.Statistics[0].Kind == StatisticKind.Kronor ? Swedish.NoBreakSpace + "kr" : "");
    }
}
