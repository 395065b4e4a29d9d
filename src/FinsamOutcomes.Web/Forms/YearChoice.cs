namespace FinsamOutcomes.Web.Forms;

/// <summary>A choice of year above a page that is about one: <c>?ar=2026</c>.</summary>
public sealed record YearChoice(int Chosen, int ThisYear, string Label = "År")
{
    private const int First = 1990;
    private const int Last = 2059;
    private const int Back = 6;

    /// <summary>The newest first: next year, which is planned now, and some years back; the chosen one always.</summary>
    public IEnumerable<int> Years =>
        Enumerable.Range(ThisYear - Back, Back + 2).Append(Chosen).Distinct().OrderDescending();

    /// <summary>The year that was asked for, or this year when none was or it is none.</summary>
    public static YearChoice Of(string? asked, DateOnly today, string label = "År") =>
        new(int.TryParse(asked, out var year) && year is >= First and <= Last ? year : today.Year, today.Year, label);
}
