using System.Diagnostics.Metrics;

namespace FinsamOutcomes.Data.Operation;

/// <summary>What the program counts of its own work, for whoever listens (<see cref="Meter"/>): how often, never whom or by whom.</summary>
public static class FinsamMeter
{
    /// <summary>The name under which it is told to whoever listens.</summary>
    public const string Name = "FinsamOutcomes";

    private static readonly Meter s_meter = new(Name);

    private static readonly Counter<long> s_registrations = s_meter.CreateCounter<long>("finsam.registrations", "{registration}", "What has been registered.");

    private static readonly Counter<long> s_imports = s_meter.CreateCounter<long>("finsam.imports", "{file}", "Files that have been read in.");

    private static readonly Counter<long> s_reports = s_meter.CreateCounter<long>("finsam.reports", "{report}", "Reports that have been made, or failed.");

    private static readonly Counter<long> s_backups = s_meter.CreateCounter<long>("finsam.backups", "{backup}", "Backups that have been made, or failed.");

    private static readonly Counter<long> s_faults = s_meter.CreateCounter<long>("finsam.faults", "{fault}", "What nobody foresaw.");

    // What people register: participants and all that follows them, and insatser with their numbers, money and texts.
    private static readonly HashSet<string> s_registered = new(StringComparer.Ordinal)
    {
        "Participants", "Participations", "Caseworkers", "Assessments", "Consents", "CorrectionRequests", "Insatser", "InsatsTexts", "HeadCounts", "Funds",
    };

    private static readonly HashSet<string> s_erasing = new(StringComparer.Ordinal) { "Participants.Erase", "Participants.EraseAgain", "Participants.Keep" };

    /// <summary>A fault that the program met, by the kind of exception.</summary>
    public static void Fault(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        s_faults.Add(1, new KeyValuePair<string, object?>("kind", exception.GetType().Name));
    }

    /// <summary>Something was written and is in the log: a registration, a report, or what isn't counted, such as a question or an answer about access.</summary>
    internal static void Kept(string action)
    {
        if (action is "ReportJobs.Finish" or "ReportJobs.Fail")
            s_reports.Add(1, Whole(action == "ReportJobs.Finish"));
        else if (s_registered.Contains(action.Split('.')[0]) && !s_erasing.Contains(action))
            s_registrations.Add(1, new KeyValuePair<string, object?>("action", action));
    }

    internal static void Imported(string kind) => s_imports.Add(1, new KeyValuePair<string, object?>("kind", kind));

    internal static void BackedUp(bool isWhole) => s_backups.Add(1, Whole(isWhole));

    private static KeyValuePair<string, object?> Whole(bool isWhole) => new("outcome", isWhole ? "whole" : "failed");
}
