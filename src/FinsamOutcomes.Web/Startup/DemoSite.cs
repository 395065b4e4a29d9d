using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Insatser;
using FinsamOutcomes.Data.Participations;
using FinsamOutcomes.Data.ReportJobs;
using FinsamOutcomes.Data.Todo;
using FinsamOutcomes.Data.Users;
using FinsamOutcomes.Demo;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Web.Access;
using FinsamOutcomes.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FinsamOutcomes.Web;

/// <summary>An account of the invented förbund, as the sign-in page offers it.</summary>
public sealed record DemoAccount(IReadOnlyList<string> Roles, string UserName, string Password, string Does)
{
    /// <summary>The role, or roles.</summary>
    public string Title => string.Join(" och ", Roles.Select((r, i) => i == 0 ? Role.Label(r) : Role.Label(r).ToLower(CultureInfo.GetCultureInfo("sv-SE"))));

    /// <summary>Of the button.</summary>
    public string Button => Roles is [var only] ? $"Logga in som {Role.Label(only).ToLower(CultureInfo.GetCultureInfo("sv-SE"))}" : "Logga in med två roller";
}

/// <summary>
/// The accounts of the invented förbund, one for each role. Their passwords are made at each start and are nowhere but in
/// memory. None unless the site was started as a demo.
/// </summary>
public sealed class DemoAccounts(IReadOnlyList<DemoAccount> accounts)
{
    public static DemoAccounts None { get; } = new([]);

    public IReadOnlyList<DemoAccount> All => accounts;
}

/// <summary>Makes the invented förbund at the first start, and opens its accounts at each.</summary>
internal static class DemoSite
{
    private const string Actor = "finsam";

    // An insats with delprojekt and one that is followed by counts, so that each kind of page has something in it.
    private static readonly (string[] Roles, string Name, string DisplayName, string[] Insatser, string Does)[] s_accounts =
    [
        (
            [Role.Caseworker],
            "handlaggare",
            "Hanna Handläggare",
            ["Ung framåt", "Trappan", "Öppna dörren"],
            "Registrerar deltagare och självskattningar i sina egna insatser, och ser vilka personerna är."),
        (
            [Role.InsatsManager],
            "insatsansvarig",
            "Ingrid Insatsansvarig",
            ["Trappan", "Öppna dörren"],
            "Ansvarar för sina egna insatser: antal, texter och resultat, utan att se deltagarnas namn."),
        (
            [Role.ProcessSupporter],
            "processtodjare",
            "Per Processtödjare",
            [],
            "Följer resultaten för kvinnor och män och gör rapporter. Ser inga namn, och tal under 5 bara efter att ha skrivit varför."),
        ([Role.Administrator], "administrator", "Åsa Administratör", [], "Sköter förbundets användare, insatser och överlämningen till Uppföljning Finsam."),
        (
            [Role.Administrator, Role.ProcessSupporter],
            "kansli",
            "Karin Kansli",
            [],
            "Är hela kansliet i ett litet förbund, och den andra administratören: säger ja till gallring och behörigheter som den första har bett om."),
        ([Role.Auditor], "revisor", "Rolf Revisor", [], "Läser loggen: vem som har gjort vad, och när."),
    ];

    /// <exception cref="StartException">The database holds something else than invented förbund, or could not be filled.</exception>
    public static async Task<DemoAccounts> PrepareAsync(FinsamDatabase database, WebSettings settings, TextWriter console, CancellationToken cancellationToken)
    {
        var forbund = await new ForbundStore(database).AllAsync(cancellationToken);
        var hasAccounts = await new AccountStore(database).AnyAsync(cancellationToken);
        if (forbund.Any(f => !f.IsDemo) || (forbund.Count == 0 && hasAccounts))
            throw new StartException(
                $"Databasen {database.Engine.DisplayName} hör till ett riktigt förbund, och där får exemplets konton inte finnas. Starta utan --demo, eller ange en annan databas med --db."
            );
        var forbundId = await DemoForbund.FindAsync(database, cancellationToken);
        // The accounts come last: without them, what lies here is what was left when the first start was stopped.
        if (settings.Address is null && forbundId is not null && !hasAccounts)
            throw new StartException($"Exemplet blev inte färdigt förra gången. Ta bort mappen {WebSettings.DemoFolder} och starta igen.");
        forbundId ??= await MakeAsync(database, console, cancellationToken);
        return await OpenAccountsAsync(database, forbundId.Value, cancellationToken);
    }

    private static async Task<int> MakeAsync(FinsamDatabase database, TextWriter console, CancellationToken cancellationToken)
    {
        await console.WriteLineAsync($"Gör ett påhittat förbund i {database.Engine.DisplayName}. Det tar upp till en minut och görs bara första gången.");
        try
        {
            var forbundId = await DemoForbund.MakeAsync(database, cancellationToken);
            // Those who left four years ago fall due, so that there is something to decide about.
            await new PrivacyRuleStore(database).SetAsync(forbundId, new PrivacyRules { ErasureMonths = 48, Insatser = [], Version = 0 }, Actor, cancellationToken);

            // The report of last year, so that there is a publication to open.
            await new ReportJobStore(database).RequestAsync(
                new() { ForbundId = forbundId, Report = "arsredovisning", CalendarYear = database.Today.Year - 1, Policy = "minst-5", Actor = Actor },
                cancellationToken);
            await new ReportWorker(database).RunNextAsync(cancellationToken);
            await console.WriteLineAsync($"Klart. ”{DemoForbund.Name}” är påhittat, liksom alla personer i det.");
            return forbundId;
        }
        catch (DemoException exception)
        {
            throw new StartException(exception.Message);
        }
    }

    private static async Task<DemoAccounts> OpenAccountsAsync(FinsamDatabase database, int forbundId, CancellationToken cancellationToken)
    {
        var (accounts, hasher) = (
            new AccountStore(database),
            new PasswordHasher<AppUser>(Options.Create(new PasswordHasherOptions { IterationCount = PasswordRules.Iterations })));
        var insatser = (await new InsatsStore(database).TreeAsync(forbundId, cancellationToken)).ToDictionary(
            n => n.Insats.Name,
            n => n.Insats.Id,
            StringComparer.Ordinal);
        var opened = new List<DemoAccount>();
        foreach (var (roles, name, displayName, own, does) in s_accounts)
        {
            var (userName, password) = ($"{name}@exempel.invalid", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)));
            if (await accounts.FindByNameAsync(AppUser.Normalize(userName), cancellationToken) is { } user)
            {
                // Somebody who tried the pages may have switched it off: then its card is away too.
                if (!user.IsActive)
                    continue;
                (user.PasswordHash, user.SecurityStamp) = (hasher.HashPassword(user, password), Guid.NewGuid().ToString("N"));
                (user.IsTwoFactorEnabled, user.AuthenticatorKeyEncrypted) = (false, null);
                await accounts.SaveAsync(user, cancellationToken);
                await accounts.SetLockoutAsync(user.Id, null, cancellationToken);
            }
            else
            {
                var id = await new UserStore(database).AddAsync(
                    new NewUser
                    {
                        ForbundId = forbundId,
                        UserName = userName,
                        DisplayName = displayName,
                        PasswordHash = hasher.HashPassword(null!, password),
                        Roles = roles,
                        InsatsIds = [.. own.Select(o => insatser[o])],
                        Actor = Actor,
                    },
                    cancellationToken);
                if (roles.Contains(Role.Caseworker))
                    await FollowAsync(database, forbundId, id, cancellationToken);
            }

            opened.Add(new DemoAccount(roles, userName, password, does));
        }

        return new DemoAccounts(opened);
    }

    // A third of those of whom an assessment is due: a handläggare follows some, and colleagues the others.
    private static async Task FollowAsync(FinsamDatabase database, int forbundId, int userId, CancellationToken cancellationToken)
    {
        var (caseworkers, participations) = (new CaseworkerStore(database), new ParticipationStore(database));
        var todo = await new TodoStore(database).OfUserAsync(forbundId, userId, cancellationToken: cancellationToken);
        foreach (var participationId in todo.AssessmentsDue.Select(d => d.ParticipationId).Distinct().Where((_, i) => i % 3 == 0))
        {
            if (await participations.FindAsync(forbundId, participationId, cancellationToken) is { StartedOn: { } started } stay)
                await caseworkers.AssignAsync(
                    new NewCaseworker
                    {
                        ForbundId = forbundId,
                        ParticipationId = stay.Id,
                        Version = stay.Version,
                        AppUserId = userId,
                        FromOn = started,
                        Actor = Actor,
                    },
                    cancellationToken);
        }
    }
}
