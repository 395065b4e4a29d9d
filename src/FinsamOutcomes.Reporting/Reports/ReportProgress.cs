namespace FinsamOutcomes.Reporting.Reports;

/// <summary>How far the making of a report has come.</summary>
/// <param name="Done">Parts that are done.</param>
/// <param name="Total">Parts in all; may grow when the report turns out to hold more.</param>
/// <param name="Text">What is made now, in Swedish.</param>
public sealed record ReportProgress(int Done, int Total, string Text);
