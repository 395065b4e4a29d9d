using System.CommandLine;
using FinsamOutcomes.Data.Access;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Data.Users;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary>
/// <c>finsam losenord</c>: a link to a new password for an administrator whom nobody else can help. Where passwords are switched
/// off they are allowed again: it is the way back in when the other ways are gone.
/// </summary>
internal static class LosenordVerb
{
    public static Command Create()
    {
        var user = new Option<string>("--anvandare") { Description = "Kontots e-postadress.", HelpName = "ADRESS", Required = true };
        var factor = new Option<bool>("--utan-engangskod")
        {
            Description =
                "Ta också bort kontots engångskod, reservkoder och passkeys, när telefonen är borta. Lösenordet slutar gälla genast, och alla inloggningar till kontot avslutas. Kräver rollen en andra faktor ställs en ny in vid nästa inloggning.",
        };
        var db = CommandTarget.DbOption();
        var command = new Command(
            "losenord",
            "Gör en länk till nytt lösenord för en förbundsadministratör som är ensam och inte kommer in. Har ett förbund där kontot finns stängt av lösenord tillåts de igen. Det skrivs i loggen.")
        {
            user,
            factor,
            db,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(db), parsed.GetValue(user)!, parsed.GetValue(factor), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? db, string userName, bool isSecondFactorRemoved, CancellationToken cancellationToken)
    {
        var database = await CommandTarget.OpenAsync(db, cancellationToken);
        var allowed = await new ReachStore(database).AllowPasswordsAsync(userName, CommandTarget.Actor, cancellationToken);
        if (allowed.Count > 0)
            Console.WriteLine(
                $"Det går att logga in med lösenord igen i {string.Join(" och ", allowed)}. Den som hade ett lösenord använder det; stäng av dem på nytt under Regler.");
        try
        {
            var token = await new InvitationStore(database).ResetAloneAsync(userName, isSecondFactorRemoved, CommandTarget.Actor, cancellationToken);
            if (isSecondFactorRemoved)
                Console.WriteLine("Kontots engångskod, reservkoder och passkeys är borttagna, lösenordet gäller inte längre, och alla är utloggade ur det.");
            Console.WriteLine("Länken fungerar en gång och gäller i sju dagar. Öppna webbplatsens adress, följd av:");
            Console.WriteLine($"/inbjudan/{token}");
            var accounts = new AccountStore(database);
            if (await accounts.FindByNameAsync(AppUser.Normalize(userName), cancellationToken) is { } user
                && await accounts.AskedFactorAsync(user, cancellationToken) != AskedFactor.None)
                Console.WriteLine("Kontot har en andra faktor, som frågas efter när lösenordet är valt. Är den borta: gör en ny länk med --utan-engangskod.");
            return CommandRun.Done;
        }
        catch (RegistrationException exception)
        {
            // Somebody else can make the link, now that passwords are allowed.
            if (allowed.Count == 0)
                throw new CommandException(exception.Errors[0].Message);
            Console.WriteLine(exception.Errors[0].Message);
            return CommandRun.Done;
        }
    }
}
