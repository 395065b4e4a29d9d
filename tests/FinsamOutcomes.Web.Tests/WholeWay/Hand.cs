using Microsoft.Playwright;

namespace FinsamOutcomes.Web.Tests.WholeWay;

/// <summary>How somebody uses the pages: points and types, or types only.</summary>
internal sealed class Hand(IPage page, bool keyboardOnly)
{
    // More presses than any page has things to stop at: whatever is not found by then can't be reached.
    private const int FarthestTab = 150;

    public IPage Page => page;

    public async Task FillAsync(string label, string value)
    {
        var field = page.GetByLabel(label, new PageGetByLabelOptions { Exact = false }).And(page.Locator("input, textarea")).First;
        if (!keyboardOnly)
        {
            await field.FillAsync(value);
            return;
        }

        await TabToAsync(field, label);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(value);
    }

    public async Task SelectAsync(string label, string option)
    {
        var field = page.GetByLabel(label, new PageGetByLabelOptions { Exact = false }).And(page.Locator("select")).First;
        if (!keyboardOnly)
        {
            await field.SelectOptionAsync(new SelectOptionValue { Label = option });
            return;
        }

        await TabToAsync(field, label);
        await page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 60 && await field.EvaluateAsync<string>("e => e.selectedOptions[0].textContent") != option; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await field.EvaluateAsync<string>("e => e.selectedOptions[0].textContent")).ShouldBe(option);
    }

    /// <summary>Chooses one of a few alternatives that are all seen.</summary>
    public async Task ChooseAsync(string group, string option)
    {
        var radio = Group(group).GetByLabel(option, new LocatorGetByLabelOptions { Exact = true });
        if (!keyboardOnly)
        {
            // The design system draws the button in the label.
            await Group(group).GetByText(option, new LocatorGetByTextOptions { Exact = true }).ClickAsync();
            (await radio.IsCheckedAsync()).ShouldBeTrue($"{group}: {option}");
            return;
        }

        var all = Group(group).Locator("input[type=radio]");
        await TabToAsync(all, group);
        await page.Keyboard.PressAsync("Space");
        for (var i = 0; i < 10 && !await radio.IsCheckedAsync(); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        (await radio.IsCheckedAsync()).ShouldBeTrue($"{group}: {option}");
    }

    public async Task TickAsync(string group, string option)
    {
        var box = Group(group).GetByLabel(option, new LocatorGetByLabelOptions { Exact = true });
        if (!keyboardOnly)
        {
            await Group(group).GetByText(option, new LocatorGetByTextOptions { Exact = true }).ClickAsync();
            (await box.IsCheckedAsync()).ShouldBeTrue($"{group}: {option}");
            return;
        }

        await TabToAsync(box, option);
        await page.Keyboard.PressAsync("Space");
    }

    public Task PressAsync(string button) =>
        ActivateAsync(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true }).First, button);

    /// <summary>Presses a button whose answer is put in place on the page; without JavaScript it is a new page.</summary>
    public async Task PressOnPageAsync(string button)
    {
        var target = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button, Exact = true });
        if (keyboardOnly)
            await PressEnterOnAsync(target, button);
        else
            await target.ClickAsync();
    }

    public async Task ChooseFileAsync(string label, string name, byte[] content)
    {
        var field = page.GetByLabel(label, new PageGetByLabelOptions { Exact = false }).And(page.Locator("input[type=file]"));
        var file = new FilePayload { Name = name, MimeType = "text/csv", Buffer = content };
        if (!keyboardOnly)
        {
            await field.SetInputFilesAsync(file);
            return;
        }

        var chooser = await page.RunAndWaitForFileChooserAsync(() => PressEnterOnAsync(field, label));
        await chooser.SetFilesAsync(file);
    }

    public Task FollowAsync(string link) => ActivateAsync(page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = link, Exact = true }).First, link);

    /// <summary>Fetches a file with a link or a button.</summary>
    public Task<IDownload> DownloadAsync(ILocator target, string name) => page.RunAndWaitForDownloadAsync(async () =>
    {
        if (keyboardOnly)
            await PressEnterOnAsync(target, name);
        else
            await target.ClickAsync();
    });

    public async Task ShouldSayAsync(string text) => await Assertions.Expect(page.Locator("main")).ToContainTextAsync(text);

    // A click waits for the page that it leads to; a key does not.
    private async Task ActivateAsync(ILocator target, string name)
    {
        if (keyboardOnly)
        {
            await page.EvaluateAsync("() => { window.isLeft = true; }");
            await PressEnterOnAsync(target, name);
            await page.WaitForFunctionAsync("() => !window.isLeft && document.readyState === 'complete'");
            return;
        }

        await target.ClickAsync();
        try
        {
            await page.WaitForLoadStateAsync(LoadState.Load);
        }
        catch (TimeoutException)
        {
            // Where one address leads to another the driver may miss that the page is there; the page itself knows.
            if (await page.EvaluateAsync<string>("() => document.readyState") != "complete")
                throw;
        }
    }

    private async Task PressEnterOnAsync(ILocator target, string name)
    {
        await TabToAsync(target, name);
        await page.Keyboard.PressAsync("Enter");
    }

    private ILocator Group(string name) => page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = name, Exact = false }).First;

    private async Task TabToAsync(ILocator target, string name)
    {
        await target.First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        for (var i = 0; i < FarthestTab; i++)
        {
            if (await target.EvaluateAllAsync<bool>("all => all.includes(document.activeElement)"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab never comes to {name} on {page.Url}");
    }
}
