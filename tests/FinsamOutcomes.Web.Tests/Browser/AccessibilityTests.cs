namespace FinsamOutcomes.Web.Tests.Browser;

public sealed class AccessibilityTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_that_some_cannot_read_is_found_out()
    {
        await using var window = await chromium.WindowAsync(new Uri("http://localhost"));
        var page = await window.NewPageAsync();
        await page.SetContentAsync("<html><body><p style='color: #bbb'>Svårläst</p><img src='data:,'><input><iframe></iframe></body></html>");
        var told = (await Assert.ThrowsAsync<ShouldAssertException>(() => page.ShouldBeSeenByAllAsync("oläsbar"))).Message;
        foreach (var rule in new[] { "html-has-lang", "document-title", "color-contrast", "image-alt", "label" })
            told.ShouldContain($": {rule} (");
        await page.SetContentAsync("<html lang='sv'><head><title>Bred</title></head><body><main><h1 style='width: 500px'>Bred</h1></main></body></html>");
        await Assert.ThrowsAsync<ShouldAssertException>(() => page.ShouldBeSeenByAllAsync("bred"));
    }
}
