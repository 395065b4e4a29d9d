namespace FinsamOutcomes.Web.Tests.Browser;

/// <summary>
/// How wide a window the states of the pages are seen in: a screen's 1280 pixels, and a phone's 360 too when FINSAM_NARROW
/// is set, which takes twice the time. The whole way is always gone at both.
/// </summary>
public sealed class Widths : TheoryData<int>
{
    public Widths()
    {
        Add(1280);
        if (Environment.GetEnvironmentVariable("FINSAM_NARROW") is { Length: > 0 })
            Add(360);
    }
}
