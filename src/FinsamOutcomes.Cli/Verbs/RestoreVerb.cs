using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data.Backups;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam restore</c>: puts a backup back and checks it first; <c>--prova</c> does all of it and throws it away.</summary>
internal static class RestoreVerb
{
    private static readonly CultureInfo s_swedish = CultureInfo.GetCultureInfo("sv-SE");

    public static Command Create()
    {
        var backup = new Argument<string>("säkerhetskopia") { Description = "Mappen som finsam backup gjorde.", HelpName = "MAPP" };
        var replaces = new Option<bool>("--ersatt")
        {
            Description = "Ersätter en databas som finns. Den sparas bredvid, med namnet .ersatt- och tiden. Stäng webbplatsen först.",
        };
        var tries = new Option<bool>("--prova")
        {
            Description = "Gör allt i en tillfällig mapp bredvid databasen och tar sedan bort det: övningen som visar att säkerhetskopian duger.",
        };
        var key = new Option<string?>("--nyckel")
        {
            Description =
                "Nyckelfilen som gällde när säkerhetskopian gjordes, om det inte är den som används nu. Används en annan nu, krypteras det som läggs tillbaka om med den.",
            HelpName = "FIL",
        };
        var withoutKey = new Option<bool>("--utan-nyckel") { Description = "Lägger tillbaka fast nyckelfilen saknas. Namn går inte att läsa förrän den är tillbaka." };
        var unsigned = new Option<bool>("--osignerad")
        {
            Description = "Lägger tillbaka fast säkerhetskopian inte är signerad med nyckeln, som de från äldre versioner. Någon kan då ha ändrat den.",
        };
        var withoutErased = new Option<bool>("--utan-gallrade")
        {
            Description = "Lägger tillbaka fast filen med dem som har gallrats saknas eller är skadad. De som har gallrats kan då komma tillbaka.",
        };
        var erased = new Option<string?>("--gallra-igen")
        {
            Description = "Filen med dem som har gallrats: de gallras igen innan databasen är på plats. Utan --gallra-igen gäller FINSAM_ERASED, och annars filen .gallrade bredvid databasen.",
            HelpName = "FIL",
        };
        var db = CommandTarget.DbOption();
        var command = new Command("restore", "Lägger tillbaka en säkerhetskopia, när den har visat sig hel, och gallrar igen dem som har gallrats sedan dess. Felkod 3 när det är gjort men någon krypterad uppgift inte går att läsa.")
        {
            backup,
            replaces,
            tries,
            key,
            withoutKey,
            erased,
            withoutErased,
            unsigned,
            db,
        };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(
                new NewRestore(parsed.GetValue(backup)!, CommandTarget.Address(parsed.GetValue(db)), CommandTarget.Actor)
                {
                    Replaces = parsed.GetValue(replaces),
                    OnlyTries = parsed.GetValue(tries),
                    Key = parsed.GetValue(key),
                    GoesWithoutKey = parsed.GetValue(withoutKey),
                    GoesUnsigned = parsed.GetValue(unsigned),
                    GoesWithoutErased = parsed.GetValue(withoutErased),
                    Erased = parsed.GetValue(erased),
                },
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(NewRestore asked, CancellationToken cancellationToken)
    {
        var restored = await new BackupRestore(Console.WriteLine).RunAsync(asked, cancellationToken);
        var took = $"{restored.Took.TotalSeconds.ToString("0.0", s_swedish)} sekunder";
        if (asked.OnlyTries)
        {
            Console.WriteLine($"Säkerhetskopian {restored.Backup.Name} går att lägga tillbaka. Det tog {took}. Ingenting har ändrats.");
        }
        else
        {
            Console.WriteLine($"Säkerhetskopian {restored.Backup.Name} är tillbaka. Det tog {took}.");
            if (restored.KeptAs is { } kept)
                Console.WriteLine($"Databasen som fanns heter nu {kept}. Ta bort den när den inte behövs: den har kvar dem som har gallrats.");
        }

        if (restored.Erased is not { IsWhole: false })
            return restored.Unread == 0 ? CommandRun.Done : CommandRun.DoneWithWarning;
        Console.WriteLine("Alla som har gallrats kunde inte gallras igen: se ovan.");
        return CommandRun.UserError;
    }
}
