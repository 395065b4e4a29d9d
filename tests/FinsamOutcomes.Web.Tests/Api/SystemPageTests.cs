using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Api;

public sealed class SystemPageTests
{
    [Fact]
    public async Task An_administrator_lets_a_system_in_another_says_yes_and_the_key_is_renewed_and_revoked()
    {
        await using var host = await WebHost.StartAsync();
        var insats = await host.AddInsatsAsync();
        await host.AddInsatsAsync("Öppna dörren", method: "count");
        using var first = await host.SignInAsync(Role.Administrator);
        using var second = await host.SignInAsync(Role.Administrator);
        var page = $"/f/{host.ForbundId}/anslutna-system";
        (await first.GetAsync(page)).Content.ShouldContain("Inget system är anslutet.");
        (await first.GetAsync(page)).Content.ShouldNotContain("Öppna dörren");

        var wrong = await first.PostFormAsync(page, "Input.Name", ("Input.Name", ""), ("Input.Role", "caseworker"), ("Input.ExpiresOn", "2024-05-01"));
        wrong.Errors.ShouldBe(
            [
                "Ange systemets namn.",
                "Välj minst en insats som systemet ska registrera i.",
                "Skriv den sista dag som nyckeln ska fungera: från i dag till 2026-05-15.",
            ]);
        var made = await first.PostFormAsync(
            page,
            "Input.Name",
            ("Input.Name", "Journalen"),
            ("Input.Role", "caseworker"),
            ("Input.InsatsIds", $"{insats}"),
            ("Input.ExpiresOn", "2024-06-01"));
        using var system = new ApiCaller(host.Address, Key(made));
        made.Content.ShouldContain("när en annan förbundsadministratör har sagt ja");
        made.Content.ShouldNotContain("Säg ja");
        (await system.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        // Shown to nobody else, and not for long.
        (await second.GetAsync(made.Url.PathAndQuery)).Content.ShouldContain("Nyckeln visas inte längre.");
        var same = await first.PostFormAsync(
            page,
            "Input.Name",
            ("Input.Name", "journalen"),
            ("Input.Role", "process_supporter"),
            ("Input.ExpiresOn", "2024-06-01"));
        same.Errors.Single().ShouldStartWith("Det finns redan ett system med det namnet.");
        (await second.PressAsync(await second.GetAsync(page), SayYes(1))).Content.ShouldContain("Du har sagt ja, och nyckeln fungerar.");
        (await system.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.OK);
        (await first.GetAsync(page)).Content.ShouldContain("Fungerar, går snart ut Till och med 2024-06-01 Användes senast 2024-05-15");

        // The old one works until it is revoked, and the new one when it has its yes.
        using var renewed = new ApiCaller(host.Address, Key(await first.PostFormAsync(page, "handler=Renew")));
        (await renewed.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await second.PostFormAsync(page, "handler=Approve")).Content.ShouldContain("nyckeln fungerar");
        (await renewed.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.OK);
        (await system.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.OK);
        // More insatser take two, and the keys wait; fewer are done at once.
        var another = await host.AddInsatsAsync("Nya steg");
        (await first.PostFormAsync(page, "handler=Insatser", ("insatsIds", $"{insats}"))).Content.ShouldContain("Systemet har redan just de insatserna.");
        (await first.PostFormAsync(page, "handler=Insatser", ("insatsIds", $"{another}"))).Content.ShouldContain("systemet nekas tills dess");
        (await renewed.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await first.PostFormAsync(page, "handler=Approve")).Content.ShouldContain("Du kan inte själv säga ja");
        // A yes to what the page showed is no yes to what was put in its place meanwhile.
        var read = await second.GetAsync(page);
        await first.PostFormAsync(page, "handler=Insatser", ("insatsIds", $"{insats}"), ("insatsIds", $"{another}"));
        (await second.PostFormAsync(read, "handler=Approve", ("keyId", "2"))).Content.ShouldContain("har ändrats sedan du öppnade sidan");
        (await renewed.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await first.PostFormAsync(page, "handler=Insatser", ("insatsIds", $"{another}"));
        await second.PressAsync(await second.GetAsync(page), SayYes(1));
        (await second.PressAsync(await second.GetAsync(page), SayYes(2))).Content.ShouldContain("nyckeln fungerar");
        (await renewed.GetAsync("insatser")).Text.ShouldContain("Nya steg");
        using var auditor = await host.SignInAsync(Role.Auditor);
        var seen = (await auditor.GetAsync($"/f/{host.ForbundId}/logg")).Content;
        seen.ShouldContain("system: Journalen, insatser: Nya steg, förut insatser: Insam, väntar på ett ja");
        seen.ShouldContain("system: Journalen, registrerar och läser deltagare, utan namn och personnummer, insatser: Insam, till 2024-06-01, väntar på ett ja");

        (await first.PostFormAsync(page, "handler=Revoke", ("keyId", "1"))).Content.ShouldContain("Nyckeln är återkallad.");
        (await system.GetAsync("insatser")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await first.PostFormAsync(page, "handler=Revoke", ("keyId", "1"))).Content.ShouldContain("Nyckeln är redan återkallad.");

        // A system is no user to change or to write a link to.
        var id = (await host.SqlAsync("SELECT id FROM app_user WHERE is_system = 1")).Single();
        (await first.GetAsync($"/f/{host.ForbundId}/anvandare/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var log = (await new AuditStore(host.Database).SearchAsync(host.ForbundId, new AuditFilter(), 1, "prov")).Events;
        log.Where(e => e.Action.StartsWith("ApiKeys.", StringComparison.Ordinal) && e.Action != "ApiKeys.Refuse").Reverse().Select(e => e.Action)
            .ShouldBe([
                "ApiKeys.Add", "ApiKeys.Approve", "ApiKeys.Renew", "ApiKeys.Approve", "ApiKeys.SetInsatser", "ApiKeys.SetInsatser", "ApiKeys.SetInsatser",
                "ApiKeys.Approve", "ApiKeys.Approve", "ApiKeys.Revoke",
            ]);
        log.ShouldNotContain(e => e.Detail.Contains(system.Key!, StringComparison.Ordinal));
    }

    private static string SayYes(int keyId) => $"Säg ja<span class=\"sr-only\"> till nyckeln finsam_{keyId}_… till Journalen</span>";

    private static string Key(WebPage page) => Regex.Match(page.Content, "finsam_[0-9]+_[A-Za-z0-9_-]{43}").Value;
}
