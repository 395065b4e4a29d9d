using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Tests.Hosting;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>Of two administrators one has the link to an account and the other its code: neither gets in alone.</summary>
public sealed class LinkCodeTests
{
    private const string Password = "tre röda cyklar vid bron";

    [Fact]
    public async Task The_one_who_says_yes_does_not_get_into_the_account_with_the_link_alone()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await host.AddUserAsync(host.ForbundId, [Role.Administrator]), await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        var victim = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var users = $"/f/{host.ForbundId}/anvandare";
        var asked = await asking.PostFormAsync($"{users}/{victim.Id}", "Reset");
        var code = Code(asked);
        Regex.IsMatch(code, "^[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$").ShouldBeTrue(code);
        (await asking.GetAsync(users)).Html.ShouldNotContain(code, Case.Sensitive, "told once");
        var told = await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve");
        told.Content.ShouldContain($"en kod, som {first.UserName} har fått");
        told.Html.ShouldNotContain(code);

        using var entering = host.Open();
        var page = await entering.GetAsync(Link(told));
        page.Content.ShouldContain($"Koden har du fått av Prov {first.UserName.Split('@')[0]}");
        (await entering.PostFormAsync(page, null, ("Input.Password", Password))).Errors.ShouldHaveSingleItem().ShouldBe("Skriv koden.");
        (await entering.PostFormAsync(page, null, ("Input.Code", "AAAA-AAAA"), ("Input.Password", Password)))
            .Errors.ShouldHaveSingleItem()
            .ShouldContain("4 försök kvar");
        (await entering.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await host.SqlAsync("SELECT code_hash FROM access_request")).ShouldHaveSingleItem().ShouldNotBe(AccountStore.Hash(code));
        // As people write it.
        (
            await entering.PostFormAsync(page, null, ("Input.Code", code.Replace('-', ' ').ToLowerInvariant()), ("Input.Password", Password))
        ).Url.AbsolutePath.ShouldNotBe(page.Url.AbsolutePath);
        using var theirs = host.Open();
        await theirs.SignInAsync(victim with { Password = Password });
    }

    [Fact]
    public async Task After_five_wrong_codes_the_link_is_dead_also_for_the_right_one_and_it_is_told()
    {
        await using var host = await WebHost.StartAsync();
        var (first, second) = (await host.AddUserAsync(host.ForbundId, [Role.Administrator]), await host.AddUserAsync(host.ForbundId, [Role.Administrator]));
        var victim = await host.AddUserAsync(host.ForbundId, [Role.Caseworker]);
        using var asking = await host.SignInAsync(first);
        using var answering = await host.SignInAsync(second);
        var users = $"/f/{host.ForbundId}/anvandare";
        var code = Code(await asking.PostFormAsync($"{users}/{victim.Id}", "Reset"));
        var link = Link(await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve"));
        using var trying = host.Open();
        var page = await trying.GetAsync(link);
        // At the same time they count as one after another.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => trying.PostFormAsync(page, null, ("Input.Code", $"AAAA-AAA{i}"), ("Input.Password", Password))));
        (await trying.PostFormAsync(page, null, ("Input.Code", code), ("Input.Password", Password))).Content.ShouldContain("Länken går inte att använda");
        (await trying.GetAsync(link)).Content.ShouldContain("fått fel kod för många gånger");
        (await host.SqlAsync("SELECT wrong_codes FROM user_invitation")).ShouldBe(["5"]);

        using var auditor = await host.SignInAsync(Role.Auditor);
        (await auditor.GetAsync($"/f/{host.ForbundId}/logg?visa=behorighet")).Content.ShouldContain("Skrev fel kod så många gånger att länken slutade fungera");
        using var theirs = host.Open();
        (await theirs.SignInAsync(victim)).Content.ShouldContain("slutade fungera 2024-05-15 12:00, eftersom någon hade skrivit fel kod 5 gånger");
    }

    [Fact]
    public async Task A_code_is_of_one_link_only_and_is_made_anew_with_it()
    {
        await using var host = await WebHost.StartAsync();
        using var asking = await host.SignInAsync(Role.Administrator);
        using var answering = await host.SignInAsync(Role.Administrator);
        var users = $"/f/{host.ForbundId}/anvandare";
        (string, string)[] somebody = [("Input.DisplayName", "Prov Ny"), ("Input.UserName", "ny@exempel.invalid"), ("Input.Roles", Role.Caseworker)];
        var lost = Code(await asking.PostFormAsync(users, somebody));
        var first = Code(await asking.PostFormAsync(users, somebody));
        lost.ShouldNotBe(first);
        await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve");
        (await asking.GetAsync(users)).Content.ShouldContain("Koden har Prov");
        var second = Code(await asking.PressAsync(await asking.GetAsync(users), "Gör en ny länk<span class=\"sr-only\"> till Prov Ny</span>"));
        var link = Link(await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve"));
        using var invited = host.Open();
        foreach (var old in new[] { lost, first })
            (await invited.PostFormAsync(link, ("Input.Code", old), ("Input.Password", Password)))
                .Errors.ShouldHaveSingleItem()
                .ShouldContain("Koden stämmer inte");
        (await invited.PostFormAsync(link, ("Input.Code", second), ("Input.Password", Password))).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
    }

    [Fact]
    public async Task Somebody_with_an_account_takes_an_invitation_with_its_code_and_where_nobody_else_said_yes_there_is_none()
    {
        await using var host = await WebHost.StartAsync();
        var other = await host.AddForbundAsync("Samordningsförbundet Andra");
        var user = await host.AddUserAsync(other, [Role.ProcessSupporter]);
        using var asking = await host.SignInAsync(Role.Administrator);
        var users = $"/f/{host.ForbundId}/anvandare";
        (string, string)[] invitation = [("Input.DisplayName", "Prov"), ("Input.UserName", user.UserName), ("Input.Roles", Role.Auditor)];
        using var invited = await host.SignInAsync(user);
        (await invited.GetAsync(Link(await asking.PostFormAsync(users, invitation)))).Html.ShouldNotContain("Input.Code");

        using var answering = await host.SignInAsync(Role.Administrator);
        var code = Code(await asking.PostFormAsync(users, invitation));
        var link = Link(await answering.PostFormAsync(await answering.GetAsync(users), "handler=Approve"));
        (await invited.PostFormAsync(link, ("Input.Code", "AAAA-AAAA"))).Errors.ShouldHaveSingleItem().ShouldContain("Koden stämmer inte");
        (await invited.PostFormAsync(link, ("Input.Code", code))).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
    }

    private static string Code(WebPage page) => Regex.Match(page.Html, "id=\"kod\">([^<]+)<").Groups[1].Value;

    private static string Link(WebPage page) => new Uri(Regex.Match(page.Html, "id=\"lank\">([^<]+)<").Groups[1].Value).AbsolutePath;
}
