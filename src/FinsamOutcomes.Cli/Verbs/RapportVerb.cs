using System.CommandLine;
using FinsamOutcomes.Data.Audit;
using FinsamOutcomes.Data.Publications;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting.Figures.Drawing;
using FinsamOutcomes.Reporting.Reports;
using FinsamOutcomes.Statistics;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam rapport NAMN --ar ÅR --out MAPP</c>: a report as Word, Excel, HTML and figures.</summary>
internal static class RapportVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("RAPPORT") { Description = $"Rapportens namn: {string.Join(", ", ReportDefinition.Names(folder: null))}." };
        var year = NumberOption.Year("Året som redovisas, till exempel 2024.");
        var folder = new Option<string>("--out")
        {
            Description = "Mapp för filerna.",
            Required = true,
            HelpName = "MAPP",
        };
        var policy = new Option<string>("--policy")
        {
            Description =
                "Hur små antal skyddas: minst-5 (antal 1–4 visas inte) eller internt (inget döljs, varje sida märks). avrundat-till-5 finns kvar men rekommenderas inte: det skyddar lite, och andelar på avrundade antal kan bli missvisande.",
            DefaultValueFactory = _ => PublicationPolicy.Minst5.ToCode(),
            HelpName = "POLICY",
        };
        var reason = new Option<string?>("--skal")
        {
            Description = "Varför en annan policy än minst-5 behövs. Skälet sparas med publiceringen och i loggen; skriv inga namn eller personnummer.",
            HelpName = "TEXT",
        };
        var replaces = new Option<int?>("--ersatter")
        {
            Description = "Numret på den sparade publicering som rapporten ersätter, se finsam publiceringar. Den gamla finns kvar.",
            HelpName = "NR",
        };
        var templates = new Option<string?>("--mallar") { Description = "Mapp med egna rapportmallar, i stället för dem som följer med.", HelpName = "MAPP" };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command("rapport", "Gör en rapport som Word, Excel och utskriftsklar HTML, med figurerna som egna filer.")
        {
            name,
            year,
            folder,
            policy,
            reason,
            replaces,
            templates,
            db,
            forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (!PublicationPolicies.TryParse(parsed.GetValue(policy), out var chosen))
                    throw new CommandException($"--policy ska vara minst-5, avrundat-till-5 eller internt, inte ”{parsed.GetValue(policy)}”.");
                var why = chosen == PublicationPolicy.Minst5 ? null : Reason(parsed.GetValue(reason));
                if (parsed.GetValue(templates) is { } own && !Directory.Exists(own))
                    throw new CommandException($"Mappen {own} med rapportmallar finns inte.");
                RequireFigures();
                var definition = ReportDefinition.Load(parsed.GetValue(name)!, parsed.GetValue(templates));
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                if (ReportPeriod.WhyNot(parsed.GetValue(year), target.Database.Today) is { } notYet)
                    throw new CommandException(notYet);
                var request = new ReportRequest { Forbund = target.Forbund, Definition = definition, Year = parsed.GetValue(year), Policy = chosen };
                return await WriteAsync(target, request, parsed.GetValue(folder)!, why, parsed.GetValue(replaces), cancellationToken);
            });
        return command;
    }

    /// <summary>Ends at once, with a sentence, on a machine where no figure can be drawn.</summary>
    public static void RequireFigures()
    {
        if (FigureRenderer.Check() is { } why)
            throw new CommandException(why);
    }

    /// <summary>Builds one report, keeps it as a publication and says what was written.</summary>
    public static async Task<int> WriteAsync(
        CommandTarget target, ReportRequest request, string folder, string? reason, int? replacesId, CancellationToken cancellationToken)
    {
        if (request.Policy == PublicationPolicy.AvrundatTill5)
            Console.WriteLine($"Obs: {PublicationPolicies.RoundingWarning}");
        var built = await BuildAsync(target, request, cancellationToken);
        var id = await new PublicationStore(target.Database).ReserveIdAsync(cancellationToken);
        var report = built.As(id, replacesId, target.Database.Clock.LocalTimeZone);
        var number = await KeepAsync(target, report.ToKeep(CommandTarget.Actor, reason, replacesId), cancellationToken);
        var written = ReportFiles.Write(report.Document, $"{request.Definition.Name}-{request.Year}", folder);
        foreach (var file in written.Files)
            Console.WriteLine(file);
        Console.WriteLine($"Sparad som publicering {number}. Öppna den igen med: finsam publicering {number} --out MAPP");
        return CommandRun.Done;
    }

    private static async Task<BuiltReport> BuildAsync(CommandTarget target, ReportRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await new ReportBuilder(target.Database).BuildAsync(request, cancellationToken: cancellationToken);
        }
        catch (PublicationChangedException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static async Task<int> KeepAsync(CommandTarget target, NewPublication publication, CancellationToken cancellationToken)
    {
        try
        {
            return await new PublicationStore(target.Database).KeepAsync(publication, cancellationToken);
        }
        catch (RegistrationException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private static string Reason(string? written)
    {
        try
        {
            return LoggedReason.Check(written, nameof(NewPublication.PolicyReason));
        }
        catch (RegistrationException e)
        {
            throw new CommandException($"--skal behövs för en annan policy än minst-5. {e.Message}");
        }
    }
}
