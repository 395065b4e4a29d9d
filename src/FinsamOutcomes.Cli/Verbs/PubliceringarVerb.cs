using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data.Publications;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam publiceringar</c>: what has been published and is kept.</summary>
internal static class PubliceringarVerb
{
    public static Command Create()
    {
        var db = CommandTarget.DbOption();
        var forbund = CommandTarget.ForbundOption();
        var command = new Command("publiceringar", "Listar de rapporter som har gjorts och finns sparade, den senaste först.") { db, forbund };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var target = await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken);
            var all = await new PublicationStore(target.Database).OfForbundAsync(target.Forbund.Id, cancellationToken);
            if (all.Count == 0)
                Console.WriteLine("Ingen publicering är sparad än. Gör en rapport med: finsam rapport");
            foreach (var publication in all)
                Console.WriteLine(Line(publication, target.Database.Clock.LocalTimeZone));
            return CommandRun.Done;
        });
        return command;
    }

    /// <summary>A publication on one line.</summary>
    public static string Line(PublicationRow publication, TimeZoneInfo zone)
    {
        var made = TimeZoneInfo.ConvertTimeFromUtc(publication.MadeAt, zone);
        var others = (publication.ReplacesId, publication.ReplacedById) switch
        {
            ({ } replaces, { } by) => $", ersätter {Text(replaces)}, ersatt av {Text(by)}",
            ({ } replaces, null) => $", ersätter {Text(replaces)}",
            (null, { } by) => $", ersatt av {Text(by)}",
            _ => "",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{publication.Id}  {publication.Title}  {publication.Policy}  {made:yyyy-MM-dd HH:mm}  {publication.MadeBy}  {publication.Sha256[..12]}{others}");

        static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
    }
}
