using FinsamOutcomes.Reporting.Measures;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>A cell as a reader sees it in running documents.</summary>
public static class CellText
{
    public static string Of(ReportCell cell, ReportColumn column)
    {
        if (cell.State != CellState.Shown)
            return cell.State.ToSwedish();
        if (cell.Number is { } number)
            return column.Unit is { } unit ? Swedish.Value(number, unit, column.Decimals) : Swedish.Count(number);
        return cell.Text ?? "";
    }
}
