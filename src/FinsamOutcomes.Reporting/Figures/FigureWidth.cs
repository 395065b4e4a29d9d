namespace FinsamOutcomes.Reporting.Figures;

/// <summary>For what page a figure is drawn.</summary>
public enum FigureWidth
{
    /// <summary>As wide as the text of an A4 page.</summary>
    Wide,

    /// <summary>As wide as a phone: labels above their bars, and time runs downwards from the latest period.</summary>
    Narrow,
}
