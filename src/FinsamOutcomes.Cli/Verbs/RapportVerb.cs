using System.CommandLine;
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
        var templates = new Option<string?>("--mallar") { Description = "Mapp med egna rapportmallar, i stället för dem som följer med.", HelpName = "MAPP" };
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command("rapport", "Gör en rapport som Word, Excel och utskriftsklar HTML, med figurerna som egna filer.")
        {
            name,
            year,
            folder,
            policy,
            templates,
            db,
            forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (!PublicationPolicies.TryParse(parsed.GetValue(policy), out var chosen))
                    throw new CommandException($"--policy ska vara minst-5, avrundat-till-5 eller internt, inte ”{parsed.GetValue(policy)}”.");
                if (parsed.GetValue(templates) is { } own && !Directory.Exists(own))
                    throw new CommandException($"Mappen {own} med rapportmallar finns inte.");
                RequireFigures();
                var definition = ReportDefinition.Load(parsed.GetValue(name)!, parsed.GetValue(templates));
                var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
                if (ReportPeriod.WhyNot(parsed.GetValue(year), target.Database.Today) is { } why)
                    throw new CommandException(why);
                return await WriteAsync(target, definition, parsed.GetValue(year), chosen, parsed.GetValue(folder)!, cancellationToken);
            });
        return command;
    }

    /// <summary>Ends at once, with a sentence, on a machine where no figure can be drawn.</summary>
    public static void RequireFigures()
    {
        if (FigureRenderer.Check() is { } why)
            throw new CommandException(why);
    }

    /// <summary>Builds one report and says what was written.</summary>
    public static async Task<int> WriteAsync(
        CommandTarget target,
        ReportDefinition definition,
        int year,
        PublicationPolicy policy,
        string folder,
        CancellationToken cancellationToken)
    {
        if (policy == PublicationPolicy.AvrundatTill5)
            Console.WriteLine($"Obs: {PublicationPolicies.RoundingWarning}");
        var request = new ReportRequest
        {
            Forbund = target.Forbund,
            Definition = definition,
            Year = year,
            Policy = policy,
        };
        var document = await new ReportBuilder(target.Database).BuildAsync(request, cancellationToken: cancellationToken);
        await target.NoteAsync("Reports.Write", "report_job", $"{definition.Name} {year}, {policy.ToCode()}", cancellationToken);
        var written = ReportFiles.Write(document, $"{definition.Name}-{year}", folder);
        foreach (var file in written.Files)
            Console.WriteLine(file);
        return CommandRun.Done;
    }
}
