using FinsamOutcomes.Testing;
using FinsamOutcomes.Web.Tests.Browser;

namespace FinsamOutcomes.Web.Tests.WholeWay;

// A class each, so that one goes while another waits.
public sealed class WholeWayWithTheMouseTests(Chromium chromium)
{
    [Fact]
    public Task The_whole_way_with_the_mouse()
    {
        Assert.SkipWhen(!LongRun.IsOn, LongRun.Off);
        return Way.GoAsync(chromium, "mus");
    }
}

public sealed class WholeWayWithTheKeyboardTests(Chromium chromium)
{
    [Fact]
    public Task The_whole_way_with_the_keyboard_alone() => Way.GoAsync(chromium, "tangentbord", keyboardOnly: true);
}

public sealed class WholeWayOnAPhoneTests(Chromium chromium)
{
    [Fact]
    public Task The_whole_way_on_a_phone()
    {
        Assert.SkipWhen(!LongRun.IsOn, LongRun.Off);
        return Way.GoAsync(chromium, "telefon", Chromium.PhoneWidth);
    }
}

public sealed class WholeWayWithoutJavaScriptTests(Chromium chromium)
{
    [Fact]
    public Task The_whole_way_without_JavaScript()
    {
        Assert.SkipWhen(!LongRun.IsOn, LongRun.Off);
        return Way.GoAsync(chromium, "utan-js", hasJavaScript: false);
    }
}
