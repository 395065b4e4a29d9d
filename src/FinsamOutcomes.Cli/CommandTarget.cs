using System.CommandLine;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Database;
using FinsamOutcomes.Data.Forbund;
using FinsamOutcomes.Data.Privacy;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Cli;

/// <summary>Which database and which förbund a verb works on: <c>--db</c> or FINSAM_DB, and <c>--forbund</c> when there are several.</summary>
internal sealed record CommandTarget(FinsamDatabase Database, ForbundRow Forbund)
{
    public const string DefaultAddress = "sqlite:finsam.sqlite";

    /// <summary>Who stands in the log: the user of the operating system.</summary>
    public static string Actor
    {
        get
        {
            var user = new string([.. Environment.UserName.Where(c => !char.IsControl(c)).Take(150)]);
            return user.Length == 0 ? "kommandoraden" : $"kommandoraden ({user})";
        }
    }

    public static Option<string?> DbOption() => new("--db")
    {
        Description = $"Databasen: sqlite:SÖKVÄG eller sqlserver:ANSLUTNINGSSTRÄNG. Utan --db gäller miljövariabeln FINSAM_DB, och utan den {DefaultAddress}.",
        HelpName = "ADRESS",
    };

    public static Option<string?> ForbundOption() => new("--forbund")
    {
        Description = "Förbundets namn. Behövs bara när databasen har flera förbund.",
        HelpName = "NAMN",
    };

    public static string Address(string? db) =>
        db ?? (Environment.GetEnvironmentVariable("FINSAM_DB") is { Length: > 0 } value ? value : DefaultAddress);

    /// <summary>Tells whoever runs the program what should be seen to, beside what the verb itself says.</summary>
    public static async Task WarnAsync(FinsamDatabase database)
    {
        foreach (var warning in database.Engine.Warnings)
            await Console.Error.WriteLineAsync(warning);
    }

    /// <summary>Opens an existing database and finds the förbund.</summary>
    /// <exception cref="CommandException">There is no database, or it isn't clear which förbund is meant.</exception>
    public static async Task<CommandTarget> OpenAsync(string? db, string? forbundName, CancellationToken cancellationToken)
    {
        var database = await OpenAsync(db, cancellationToken);
        await KeyFile.CheckAsync(database, cancellationToken);
        var all = await new ForbundStore(database).AllAsync(cancellationToken);
        if (all.Count == 0)
            throw new CommandException("Databasen har inget förbund ännu. Lägg till ett med: finsam init --forbund NAMN");
        if (forbundName is null)
        {
            return all.Count == 1
                ? new CommandTarget(database, all[0])
                : throw new CommandException($"Databasen har flera förbund. Ange vilket med --forbund: {string.Join(", ", all.Select(f => f.Name))}");
        }

        return new CommandTarget(
            database,
            all.FirstOrDefault(f => NormalForm.AreSame(f.Name, forbundName))
                ?? throw new CommandException($"Förbundet ”{forbundName}” finns inte i databasen. Där finns: {string.Join(", ", all.Select(f => f.Name))}"));
    }

    /// <summary>Keeps in the log what somebody is about to see; to be called before it is shown.</summary>
    public async Task NoteAsync(string action, string entity, string detail, CancellationToken cancellationToken)
    {
        await new ReadingJournal(Database).NoteAsync(
            new NewAuditEvent
            {
                ForbundId = Forbund.Id,
                Actor = Actor,
                Action = action,
                Entity = entity,
                Detail = detail,
            },
            cancellationToken);
        await ChainAsync();
    }

    /// <summary>Takes what was noted into the log, unless somebody else writes for long: a host on the database does it later.</summary>
    public Task ChainAsync() => new ReadingJournal(Database).TryChainAsync(TimeSpan.FromSeconds(2));

    /// <summary>Opens an existing database, for what concerns no förbund alone.</summary>
    public static async Task<FinsamDatabase> OpenAsync(string? db, CancellationToken cancellationToken)
    {
        try
        {
            var database = await FinsamDatabase.OpenExistingAsync(Address(db), cancellationToken: cancellationToken);
            await WarnAsync(database);
            return database;
        }
        catch (NoDatabaseException e)
        {
            throw new CommandException($"{e.Message} Kontrollera adressen, eller skapa en databas med: finsam init --forbund NAMN");
        }
    }
}
