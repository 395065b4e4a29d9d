using System.Net;
using System.Text.RegularExpressions;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using FinsamOutcomes.Web.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace FinsamOutcomes.Web.Tests.Account;

/// <summary>Who has forgotten a password is sent a link, by a mail server that a test listens at.</summary>
public sealed class ForgottenTests
{
    private const string Address = "/glomt-losenord";

    [Fact]
    public async Task A_link_comes_to_whoever_has_an_account_once_and_for_an_hour_and_nobody_can_tell()
    {
        await using var mail = new TestMailServer();
        await using var provider = await TestProvider.StartAsync();
        await using var host = await WebHost.StartAsync(
            settings: new WebSettings { TriesPerMinute = 40, PasswordRounds = 1_000, Mail = mail.Settings, Providers = [provider.Settings()] });
        var user = await host.AddUserAsync(host.ForbundId, [Role.Auditor]);
        var other = await host.AddUserAsync(host.ForbundId, [Role.ProcessSupporter]);
        var administrator = await host.AddUserAsync(host.ForbundId, [Role.Administrator]);
        using var open = await host.SignInAsync(user);
        using var asking = host.Open();
        var byAdministrator = await host.Get<InvitationStore>().ResetAsync(host.ForbundId, user.Id, administrator.UserName);

        // The same answer; only whom it is about gets a letter.
        var (nobodys, theirs) = (await AskAsync(asking, "ingen@exempel.invalid"), await AskAsync(asking, $" {user.UserName.ToUpperInvariant()} "));
        theirs.ShouldBe(nobodys);
        var letter = await mail.NextAsync();
        letter.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe(user.UserName);
        var first = LinkIn(letter);
        // The address of the settings, whatever the request called itself.
        first.GetLeftPart(UriPartial.Authority).ShouldBe("https://finsam.exempel.invalid");

        // The newest of one's own is the one that works. An administrator's goes on working, whoever asks.
        await AskAsync(asking, user.UserName);
        var second = LinkIn(await mail.NextAsync());
        (await asking.GetAsync(first.PathAndQuery)).Content.ShouldContain("ersatts av en nyare");
        (await asking.GetAsync($"/inbjudan/{byAdministrator}")).Heading.ShouldBe("Kom in i ditt konto");

        // It is used once, and every session ends.
        const string New = "ett helt nytt lösenord";
        (await asking.PostFormAsync(second.PathAndQuery, ("Input.Password", New))).Url.AbsolutePath.ShouldBe($"/f/{host.ForbundId}");
        (await open.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");
        (await asking.GetAsync(second.PathAndQuery)).Content.ShouldContain("Den har redan använts");
        using var again = await host.SignInAsync(user with { Password = New });
        (await again.GetAsync("/konto/meddelanden")).Content.ShouldContain("med en länk från dig själv");
        (await host.ActionsByAsync(user.UserName)).ShouldBe(
            ["Users.SignIn", "Users.AskForReset", "Users.AskForReset", "Users.ChangePasswordByLink", "Users.SignIn", "Users.SignIn"]);

        // Three an hour: the fourth gives no letter, so the next that comes is somebody else's. After an hour a link is too old.
        await AskAsync(asking, user.UserName);
        var third = LinkIn(await mail.NextAsync());
        await AskAsync(asking, user.UserName);
        await AskAsync(asking, other.UserName);
        (await mail.NextAsync()).To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe(other.UserName);
        host.Clock.Advance(TimeSpan.FromMinutes(61));
        (await asking.GetAsync(third.PathAndQuery)).Content.ShouldContain("Den har gått ut");

        // Who has a second factor is asked for it after the link.
        await host.SqlAsync($"UPDATE app_user SET is_two_factor_enabled = 1 WHERE id = {other.Id}");
        using var twice = host.Open();
        await AskAsync(asking, other.UserName);
        await twice.PostFormAsync(LinkIn(await mail.NextAsync()).PathAndQuery, ("Input.Password", New));
        (await twice.GetAsync("/konto")).Url.AbsolutePath.ShouldBe("/logga-in");

        // The letter gives a new password and nothing else: whoever reads it connects no identity of their own.
        await AskAsync(asking, other.UserName);
        var theLetter = LinkIn(await mail.NextAsync()).PathAndQuery;
        (await twice.GetAsync(theLetter)).Html.ShouldNotContain("Anslut med");
        var tried = await twice.PostFormAsync(theLetter + "?handler=Connect&provider=prov", ("Input.Password", ""));
        (tried.Heading, tried.Html.Contains(provider.Settings().Authority.AbsoluteUri, StringComparison.Ordinal)).ShouldBe(("Kom in i ditt konto", false));
        var reader = new ExternalSubject("prov", "Provtjänsten", "https://prov.invalid", "sub", "abc");
        await Should.ThrowAsync<RegistrationException>(() => host.Get<InvitationStore>().AcceptAsync(theLetter.Split('/')[^1], reader));
        (await host.SqlAsync("SELECT id FROM external_identity")).ShouldBeEmpty();

        // Switched off, or never a password: no letter. Too many questions are refused.
        await host.SqlAsync($"UPDATE app_user SET is_active = 0 WHERE id = {other.Id}");
        await AskAsync(asking, other.UserName);
        HttpStatusCode? last = null;
        for (var i = 0; i < 41 && last != HttpStatusCode.TooManyRequests; i++)
            last = (await twice.PostFormAsync(Address, ("UserName", "ingen@exempel.invalid"))).Status;
        last.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Without_mail_the_page_says_whom_to_ask()
    {
        await using var host = await WebHost.StartAsync();
        using var browser = host.Open();
        (await browser.GetAsync("/logga-in")).Html.ShouldContain(Address);
        var page = await browser.GetAsync(Address);
        page.Content.ShouldContain("Be förbundets administratör om en länk");
        page.Html.ShouldNotContain("name=\"UserName\"");
    }

    [Fact]
    public void Settings_that_cannot_be_used_are_told_of_at_the_start()
    {
        var known = new Uri("https://finsam.exempel.se");
        (string, string)[] mail = [("FINSAM_SMTP", "smtp.exempel.se"), ("FINSAM_SMTP_FROM", "finsam@exempel.se")];
        MailSettings.Read(Read(), null).ShouldBeNull();
        MailSettings.Read(Read(mail), known).ShouldNotBeNull().Port.ShouldBe(587);
        Should.Throw<StartException>(() => MailSettings.Read(Read(mail), null)).Message.ShouldContain("--public-url");
        Should.Throw<StartException>(() => MailSettings.Read(Read(("FINSAM_SMTP", "smtp.exempel.se:25")), known));
        Should.Throw<StartException>(() => MailSettings.Read(Read(("FINSAM_SMTP", "smtp.exempel.se:x"), ("FINSAM_SMTP_FROM", "finsam@exempel.se")), known));

        (string, string)[] entra = [("FINSAM_OIDC:entra:NAME", "Entra ID"), ("FINSAM_OIDC:entra:CLIENT_ID", "abc")];
        (string, string)[] whole =
            [.. entra, ("FINSAM_OIDC:entra:AUTHORITY", "https://login.exempel.se/x/v2.0"), ("FINSAM_OIDC:entra:SECOND_FACTOR_AMR", "mfa ngcmfa")];
        var provider = SignInProvider.ReadAll(Read(whole)).ShouldHaveSingleItem();
        (provider.Key, provider.SubjectClaim, provider.SecondFactorAmr.Count).ShouldBe(("entra", "sub", 2));
        Should.Throw<StartException>(() => SignInProvider.ReadAll(Read(entra))).Message.ShouldContain("FINSAM_OIDC__entra__AUTHORITY saknas");
        // In clear text, but to this computer itself.
        Should.Throw<StartException>(() => SignInProvider.ReadAll(Read([.. entra, ("FINSAM_OIDC:entra:AUTHORITY", "http://login.exempel.se")])));
        SignInProvider.ReadAll(Read([.. entra, ("FINSAM_OIDC:entra:AUTHORITY", "http://localhost:5000")])).ShouldHaveSingleItem();
        Should.Throw<StartException>(() => SignInProvider.ReadAll(
            Read([.. entra, ("FINSAM_OIDC:entra:AUTHORITY", "https://login.exempel.se"), ("FINSAM_OIDC:entra:CLIENT_SECRET_FILE", "/finns/inte")])));
    }

    private static IConfiguration Read(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();

    private static async Task<string> AskAsync(WebBrowser browser, string userName) => (await browser.PostFormAsync(Address, ("UserName", userName))).Content;

    private static Uri LinkIn(MimeMessage letter) => new(Regex.Match(letter.TextBody ?? "", "https?://\\S+").Value);
}
