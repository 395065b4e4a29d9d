using System.CommandLine;
using System.Globalization;
using FinsamOutcomes.Data.Registration;
using FinsamOutcomes.Reporting;
using FinsamOutcomes.Reporting.UppfoljningFinsam;

namespace FinsamOutcomes.Cli.Verbs;

/// <summary><c>finsam overlamningar</c>: what has been taken for Uppföljning Finsam or handed over to it, and which periods have changed since.</summary>
internal static class OverlamningarVerb
{
    public static Command Create()
    {
        var (db, forbund) = (CommandTarget.DbOption(), CommandTarget.ForbundOption());
        var handedOver = new Option<int?>("--overlamnad")
        {
            Description = "Säg att siffrorna på kvittot med det numret är införda i Uppföljning Finsam.",
            HelpName = "NUMMER",
        };
        var command = new Command(
            "overlamningar",
            "Visar vad som är hämtat och överlämnat till Uppföljning Finsam: period, roll, när, av vem och filens kontrollsumma, och vad som är ändrat sedan dess.")
        {
            handedOver,
            db,
            forbund,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
                await RunAsync(
                    await CommandTarget.OpenAsync(parsed.GetValue(db), parsed.GetValue(forbund), cancellationToken),
                    parsed.GetValue(handedOver),
                    cancellationToken));
        return command;
    }

    /// <summary>Prints what differs from what was handed over, role by role.</summary>
    public static void Write(CommandTarget target, IReadOnlyList<DeliveryComparison> compared)
    {
        foreach (var comparison in compared)
        {
            var delivery = comparison.Delivery;
            var fields = comparison.Differences.Count == 0
                ? $"inget fält skiljer sig från det som är {Done(delivery)}."
                : $"{Swedish.Counted(comparison.Differences.Count, "fält skiljer", "fält skiljer")} sig från det som är {Done(delivery)}.";
            Console.WriteLine(
                $"{UppfoljningFinsamRole.Word(delivery.NationalRole)}, {Done(delivery)} {Local(target, delivery.HandedOverAt ?? delivery.CreatedAt)}: {fields}");
            foreach (var d in comparison.Differences)
                Console.WriteLine($"  {d.Insats}, {d.Label ?? (d.InsatsId is null ? "hela förbundet" : "hela insatsen")}: {d.Then} → {d.Now}");
            if (comparison.Changes.Count > 0)
                Console.WriteLine("  Registrerat eller ändrat sedan dess:");
            foreach (var reason in comparison.Reasons)
                Console.WriteLine($"    {reason.Insats}: {reason.What}");
        }
    }

    /// <summary>
    /// Beside the figures, the latest delivery of each role. Whose registrations have changed is not told here: the page tells
    /// whoever may see it.
    /// </summary>
    public static async Task<IReadOnlyList<DeliveryComparison>> CompareAsync(
        CommandTarget target,
        UppfoljningFinsamFigures figures,
        CancellationToken cancellationToken)
    {
        var store = new DeliveryStore(target.Database);
        return await store.CompareAsync(
            figures,
            await store.AllAsync(target.Forbund.Id, cancellationToken),
            ChangedRegistrationStore.Nobody,
            cancellationToken);
    }

    private static string Done(DeliveryRow delivery) => delivery.HandedOverAt is null ? "hämtat" : "överlämnat";

    private static async Task<int> RunAsync(CommandTarget target, int? handedOver, CancellationToken cancellationToken)
    {
        var store = new DeliveryStore(target.Database);
        if (handedOver is { } id && !await store.HandOverAsync(target.Forbund.Id, id, CommandTarget.Actor, cancellationToken))
            throw new CommandException($"Kvitto {id.ToString(CultureInfo.InvariantCulture)} finns inte, eller är redan överlämnat.");
        var deliveries = await store.AllAsync(target.Forbund.Id, cancellationToken);
        if (deliveries.Count == 0)
        {
            Console.WriteLine("Inget är hämtat eller överlämnat än. Filerna skrivs med: finsam export uppfoljning-finsam --ar ÅR --out MAPP");
            return CommandRun.Done;
        }

        foreach (var d in deliveries)
        {
            var (role, replaced) = (UppfoljningFinsamRole.Word(d.NationalRole), d.FollowedBy is { } later ? $", ersatt av {later}" : "");
            var done = d.HandedOverAt is { } at ? $", överlämnad {Local(target, at)} av {d.HandedOverBy}" : d.IsCopied ? ", kopierad" : ", hämtad";
            Console.WriteLine($"{d.Id,4}  {d.Period,-22}  {role,-21}  {Local(target, d.CreatedAt)}  {d.FileSha256[..12]}  {d.CreatedBy}{done}{replaced}");
        }

        var changed = await store.ChangedPeriodsAsync(target.Forbund.Id, deliveries, cancellationToken);
        Console.WriteLine(changed.Count == 0 ? "Inget är ändrat sedan dess." : "Ändrat sedan dess:");
        foreach (var (period, changes) in changed)
            Console.WriteLine($"  {period}, {Swedish.Counted(changes, "ändring", "ändringar")}");
        return CommandRun.Done;
    }

    private static string Local(CommandTarget target, DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(instant, target.Database.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
