using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Funds;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Administration;

/// <summary>What the members give, the förbund's own capital, and which costs are its administration.</summary>
public sealed class FundsPageTests
{
    [Fact]
    public async Task Last_years_members_are_taken_over_and_filled_in_one_after_the_other_beside_the_shares_of_the_law()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var (funds, address) = (host.Get<FundsStore>(), $"/f/{host.ForbundId}/medel?ar=2024");
        foreach (var (name, kind) in new[] { ("Staten", "state"), ("Region Norr", "region"), ("Ö & Å kommun", "municipality") })
            await funds.SetContributionAsync(new NewContribution { ForbundId = host.ForbundId, CalendarYear = 2023, Name = name, Kind = kind, Kronor = 1 });

        var page = await browser.PostFormAsync(address, "handler=members");
        page.Html.ShouldContain("Medlemmarna från 2023 finns nu. Fyll i vad var och en ger.");
        page.Content.ShouldContain("Ändra Staten");
        page.Content.ShouldContain("Staten inte ifyllt inte känd 50");
        page.Content.ShouldNotContain("Ta över medlemmarna");
        (await funds.ContributionsAsync(host.ForbundId, 2024)).ShouldAllBe(c => c.Kronor == null);
        foreach (var (next, kronor) in new[] { ("Region Norr", "4 500 000"), ("Ö & Å kommun", "2700000"), ("", "1800000") })
        {
            page = await browser.PostFormAsync(page, "name=\"Input.Kronor\"", ("Input.Kronor", kronor));
            page.Content.ShouldContain(next.Length > 0 ? $"Ändra {next}" : "Lägg till medlem");
        }

        var text = page.Content.Replace('\u00a0', ' ');
        text.ShouldContain("Staten 4 500 000 kr 50,0 % 50 % Region 2 700 000 kr 30,0 % 25 % Kommun 1 800 000 kr 20,0 % 25 % Tillsammans 9 000 000 kr");
        (await funds.TotalAsync(host.ForbundId, 2024)).ShouldBe(9_000_000);

        // One member more, and one that is wrong.
        (await browser.PostFormAsync(address, "name=\"Input.Name\"", ("Input.Name", "staten"), ("Input.Kind", "state"))).Errors.ShouldHaveSingleItem()
            .ShouldContain("finns redan");
        (await browser.PostFormAsync(address, "name=\"Input.Name\"", ("Input.Name", "ESF"), ("Input.Kind", "esf"), ("Input.Kronor", "-1"))).Errors
            .ShouldBe(["Medlen kan inte vara negativa."]);
        page = await browser.PostFormAsync(address, "name=\"Input.Name\"", ("Input.Name", "ESF"), ("Input.Kind", "esf"), ("Input.Kronor", "500"));
        page.Content.Replace('\u00a0', ' ').ShouldContain("Tillsammans 9 000 500 kr");
        await using var session = await host.Database.ReadAsync();
        var events = (await session.QueryAsync<AuditEventRow>("Audit.Events", new { host.ForbundId })).Where(e => e.Entity == "forbund_contribution").ToList();
        events.Count(e => e.Action == "Funds.SetContribution").ShouldBe(7);
        events.ShouldContain(e => e.Action == "Funds.TakeMembers" && e.Detail == "2024: 3 medlemmar");
    }

    [Fact]
    public async Task Who_saves_second_sees_what_the_first_changed_and_the_history_tells_all()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var (funds, address) = (host.Get<FundsStore>(), $"/f/{host.ForbundId}/medel?ar=2024");
        var member = new NewContribution { ForbundId = host.ForbundId, CalendarYear = 2024, Name = "Norrby kommun", Kind = "municipality", Kronor = 10, Actor = "anna" };
        await funds.SetContributionAsync(member);
        var page = await browser.GetAsync($"{address}&medlem=Norrby%20kommun");
        await funds.SetContributionAsync(member with { Kronor = 20, Version = 1 });
        page = await browser.PostFormAsync(page, "name=\"Input.Kronor\"", ("Input.Kronor", "30"));
        page.Content.ShouldContain("Inget har sparats: någon annan hann före");
        page.Content.Replace('\u00a0', ' ').ShouldContain("Medel 10 kr 20 kr anna");
        page = await browser.PostFormAsync(page, "name=\"Input.Kronor\"");
        (await funds.ContributionsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().Kronor.ShouldBe(30);
        page = await browser.GetAsync($"{address}&medlem=Norrby%20kommun");
        page.Content.Replace('\u00a0', ' ').ShouldContain("Sort av medlem inget Kommun");

        // The förbund's own capital the same way; below nought it is a debt.
        page = await browser.GetAsync(address);
        await funds.SetYearAsync(new NewForbundYear { ForbundId = host.ForbundId, CalendarYear = 2024, OwnCapitalKronor = 5, Actor = "anna" });
        page = await browser.PostFormAsync(page, "Spara eget kapital", ("Capital.OwnCapitalKronor", "-750 000"));
        page.Content.ShouldContain("Inget har sparats: någon annan hann före");
        page.Html.ShouldContain("value=\"-750 000\"");
        page = await browser.PostFormAsync(page, "Spara eget kapital");
        page.Html.ShouldContain("Eget kapital är sparat.");
        (await funds.YearAsync(host.ForbundId, 2024))!.OwnCapitalKronor.ShouldBe(-750_000);
        (await browser.PostFormAsync(address, "Spara eget kapital", ("Capital.OwnCapitalKronor", "mycket"))).Errors.ShouldHaveSingleItem();

        page = await browser.GetAsync($"{address}&medlem=Norrby%20kommun");
        var form = page.Forms.Single(f => f.Html.Contains("handler=remove", StringComparison.Ordinal));
        using var content = new FormUrlEncodedContent(form.Values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        using var removed = await browser.Client.PostAsync(new Uri($"{address}&medlem=Norrby%20kommun&handler=remove", UriKind.Relative), content);
        (await funds.ContributionsAsync(host.ForbundId, 2024)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cost_is_administration_unless_somebody_says_otherwise()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = await host.SignInAsync(Role.Administrator);
        var (economy, address) = (host.Get<InsatsEconomyStore>(), $"/f/{host.ForbundId}/kostnader?ar=2024");
        var page = await browser.GetAsync(address);
        page.Forms.Single(f => f.Names.Contains("Input.Name")).Values.ShouldContain(v => v.Name == "Input.IsAdministration" && v.Value == "true");
        await browser.PostFormAsync(page, null, ("Input.Name", "Kansli"), ("Input.BudgetKronor", "5"));
        (await economy.CostsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().IsAdministration.ShouldBeTrue();
        await browser.PostFormAsync($"{address}&kostnad=Kansli", ("Input.IsAdministration", "false"), ("Input.BudgetKronor", "5"));
        (await economy.CostsAsync(host.ForbundId, 2024)).ShouldHaveSingleItem().IsAdministration.ShouldBeFalse();
        (await browser.GetAsync(address)).Content.ShouldContain("Kansli Nej");
    }
}
