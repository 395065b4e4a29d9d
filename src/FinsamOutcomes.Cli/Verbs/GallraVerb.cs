using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data.Erasures;
using FinsamOutcomes.Data.Participants;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary>
/// <c>finsam gallra</c>: shows who falls due, what goes and what stays; <c>--genomfor</c> erases, <c>--deltagare</c> is about
/// one person, and <c>--igen</c> erases again those of a file, after an older backup has been put back.
/// </summary>
internal static class GallraVerb
{
    private const int Shown = 50;

    // The reasons of the page, by a word that is easy to type.
    private static readonly Dictionary<string, string> s_reasons = new(StringComparer.Ordinal)
    {
        ["samtycke"] = "withdrawn",
        ["misstag"] = "mistake",
        ["begart"] = "asked",
        ["annat"] = "other",
    };

    public static Command Create()
    {
        var does = new Option<bool>("--genomfor") { Description = "Gallrar. Utan --genomfor visas bara vad som skulle gallras. Det går inte att ångra." };
        var code = new Option<string?>("--deltagare") { Description = "Gallrar bara deltagaren med den koden, nu.", HelpName = "KOD" };
        var reason = new Option<string?>("--skal")
        {
            Description = "Varför en deltagare gallras nu: samtycke (återkallat), misstag (registrerad av), begart (av personen) eller annat.",
            HelpName = "SKÄL",
        };
        reason.AcceptOnlyFromAmong([.. s_reasons.Keys]);
        var again = new Option<string?>("--igen")
        {
            Description = "Gallrar igen dem som står i filen med gallrade, när en äldre säkerhetskopia har lagts tillbaka. Görs genast, i alla förbund.",
            HelpName = "FIL",
        };
        var months = new Option<int?>("--manader")
        {
            Description = "Bestämmer förbundets tid: månader efter månaden för senaste avslutet. Gallrar ingen.",
            HelpName = "ANTAL",
        };
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var command = new Command("gallra", "Visar vilka deltagare som förfaller till gallring, och gallrar dem.")
        {
            does,
            code,
            reason,
            again,
            months,
            db,
            forbund,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                if (parsed.GetValue(again) is { } file)
                    return await AgainAsync(parsed.GetValue(db), file, cancellationToken);
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                if (parsed.GetValue(months) is { } number)
                    return await SetMonthsAsync(target, number, cancellationToken);
                return parsed.GetValue(code) is { } one
                    ? await OneAsync(target, one, parsed.GetValue(reason), parsed.GetValue(does), cancellationToken)
                    : await DueAsync(target, parsed.GetValue(does), cancellationToken);
            }
            catch (RegistrationException e)
            {
                throw new CommandException(e.Message);
            }
            catch (Exception e) when (e is ErasedFileException or ErasureFailedException)
            {
                throw new CommandException(e.Message);
            }
        });
        return command;
    }

    private static async Task<int> DueAsync(CommandTarget target, bool does, CancellationToken cancellationToken)
    {
        var erasures = new ErasureStore(target.Database);
        var due = await erasures.DueAsync(target.Forbund.Id, cancellationToken);
        await NoteAsync(target, due.Select(d => d.ParticipantId), cancellationToken);
        var rules = await new PrivacyRuleStore(target.Database).RulesAsync(target.Forbund.Id, cancellationToken);
        Console.WriteLine($"Regler: {rules.InWords}.");
        Console.WriteLine(due.Count == 0 ? "Ingen förfaller i dag." : $"{Swedish.Counted(due.Count, "deltagare", "deltagare")} förfaller:");
        foreach (var row in due.Take(Shown))
            Console.WriteLine($"  {row.Code}, senaste avslut {row.LastOn:yyyy-MM-dd}, förföll {row.DueOn:yyyy-MM-dd}");
        if (due.Count > Shown)
            Console.WriteLine($"  och {(due.Count - Shown).ToString(CultureInfo.InvariantCulture)} till");
        if (due.Count > 0)
            await WritePreviewAsync(target, erasures, due.Select(d => d.ParticipantId), cancellationToken);
        if (!does)
        {
            if (due.Count > 0)
                Console.WriteLine("Ingen har gallrats. Gallra med: finsam gallra --genomfor");
            return CommandRun.Done;
        }

        await erasures.DecideAsync(target.Forbund.Id, CommandTarget.Actor, cancellationToken);
        return await RunAsync(target, erasures, cancellationToken);
    }

    private static async Task<int> OneAsync(CommandTarget target, string code, string? reason, bool does, CancellationToken cancellationToken)
    {
        var found = await new ParticipantStore(target.Database).FindAsync(target.Forbund.Id, code, cancellationToken)
            ?? throw new CommandException("Det finns ingen deltagare med den koden i förbundet.");
        await NoteAsync(target, [found.Id], cancellationToken);
        var erasures = new ErasureStore(target.Database);
        await WritePreviewAsync(target, erasures, [found.Id], cancellationToken);
        if (!does)
        {
            Console.WriteLine("Deltagaren har inte gallrats. Gallra med: --genomfor --skal SKÄL");
            return CommandRun.Done;
        }

        if (reason is null)
            throw new CommandException($"Ange varför deltagaren gallras, med --skal: {string.Join(", ", s_reasons.Keys)}");
        await erasures.DecideOneAsync(target.Forbund.Id, found.Id, s_reasons[reason], CommandTarget.Actor, cancellationToken);
        return await RunAsync(target, erasures, cancellationToken);
    }

    private static async Task<int> RunAsync(CommandTarget target, ErasureStore erasures, CancellationToken cancellationToken)
    {
        // Also what somebody has decided before and was stopped in.
        var count = await erasures.RunAsync(target.Forbund.Id, cancellationToken);
        Console.WriteLine($"{Swedish.Counted(count, "deltagare är gallrad", "deltagare är gallrade")}.");
        var path = ErasedFile.PathFor(target.Database);
        if (path is null)
        {
            Console.WriteLine($"Ange i miljövariabeln {ErasedFile.PathVariable} var en fil med dem som har gallrats ska ligga.");
            Console.WriteLine("Då gallras de igen om en äldre säkerhetskopia läggs tillbaka.");
        }
        else if (count > 0)
        {
            Console.WriteLine($"De står, utan något läsbart, i {path}.");
            Console.WriteLine("Spara den tillsammans med nyckelfilen, inte med databasens säkerhetskopior.");
        }

        return CommandRun.Done;
    }

    private static async Task<int> AgainAsync(string? db, string file, CancellationToken cancellationToken)
    {
        var again = await ErasedFile.ApplyAsync(await CommandTarget.OpenAsync(db, cancellationToken), file, CommandTarget.Actor, cancellationToken);
        Console.WriteLine(again.InWords);
        return again.IsWhole ? CommandRun.Done : CommandRun.UserError;
    }

    private static async Task<int> SetMonthsAsync(CommandTarget target, int months, CancellationToken cancellationToken)
    {
        var rules = new PrivacyRuleStore(target.Database);
        var now = await rules.RulesAsync(target.Forbund.Id, cancellationToken);
        await rules.SetAsync(target.Forbund.Id, now with { ErasureMonths = months }, CommandTarget.Actor, cancellationToken);
        Console.WriteLine($"Regler: {(await rules.RulesAsync(target.Forbund.Id, cancellationToken)).InWords}.");
        return CommandRun.Done;
    }

    private static async Task NoteAsync(CommandTarget target, IEnumerable<int> participantIds, CancellationToken cancellationToken)
    {
        var page = new ShownPage { ForbundId = target.Forbund.Id, Actor = CommandTarget.Actor, Participants = [.. participantIds] };
        await new ParticipantStore(target.Database).ReadShownAsync(page, cancellationToken);
        await target.ChainAsync();
    }

    private static async Task WritePreviewAsync(
        CommandTarget target,
        ErasureStore erasures,
        IEnumerable<int> participantIds,
        CancellationToken cancellationToken)
    {
        var preview = await erasures.PreviewAsync(target.Forbund.Id, participantIds, cancellationToken);
        Console.WriteLine($"Tas bort: {preview.Holdings.GoesInWords}.");
        Console.WriteLine($"Finns kvar, utan något som säger vem det är: {preview.Holdings.StaysInWords}.");
        if (preview.ToReadInWords is { } read)
            Console.WriteLine($"Läs igenom själv: {read}");
    }
}
