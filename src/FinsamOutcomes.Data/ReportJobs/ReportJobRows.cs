namespace FinsamOutcomes.Data.ReportJobs;

/// <summary>A report to be made in the background.</summary>
public sealed record NewReportJob
{
    public required int ForbundId { get; init; }

    /// <summary>The report's name: <c>arsredovisning</c>.</summary>
    public required string Report { get; init; }

    public required int CalendarYear { get; init; }

    /// <summary>Code of the publication policy: <c>minst-5</c>, <c>avrundat-till-5</c> or <c>internt</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Why small numbers must be shown, for <c>internt</c>: it is kept in the log, and with the publication.</summary>
    public string? Reason { get; init; }

    /// <summary>The kept publication that this one takes the place of; null for none.</summary>
    public int? ReplacesPublicationId { get; init; }

    public required string Actor { get; init; }
}

/// <summary>A report that waits, is being made, is done or failed.</summary>
public sealed record ReportJobRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required string Report { get; init; }

    public required int CalendarYear { get; init; }

    public required string Policy { get; init; }

    /// <summary>One of <see cref="ReportJobStates"/>.</summary>
    public required string State { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTime RequestedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? HeartbeatAt { get; init; }

    public required DateTime? FinishedAt { get; init; }

    public required int ProgressDone { get; init; }

    /// <summary>0 before it is known.</summary>
    public required int ProgressTotal { get; init; }

    /// <summary>What is made now, in Swedish.</summary>
    public required string ProgressText { get; init; }

    /// <summary>For a report that failed: the number to give to whoever reads the log.</summary>
    public required string? ErrorReference { get; init; }

    /// <summary>How many times a host has taken the job; the latest of them holds it.</summary>
    public required int Version { get; init; }

    /// <summary>Why its numbers are exact; null when they aren't.</summary>
    public required string? Reason { get; init; }

    /// <summary>The kept publication that it takes the place of.</summary>
    public required int? ReplacesPublicationId { get; init; }

    /// <summary>What is kept of it; null until it is done.</summary>
    public required int? PublicationId { get; init; }

    public bool IsOver => State is ReportJobStates.Done or ReportJobStates.Failed;

    /// <summary>The numbers are exact, for whoever has said why.</summary>
    public bool IsExact => Policy == "internt";

    /// <summary>Exact numbers are for the one whose reason is in the log; another says why for themselves.</summary>
    public bool MayBeReadBy(string actor) => !IsExact || string.Equals(RequestedBy, actor, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The states of a report job.</summary>
public static class ReportJobStates
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
}

/// <summary>A job that a worker may try to take.</summary>
public sealed record ReportJobTurnRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required int Version { get; init; }
}

/// <summary>A file of a report, without its content.</summary>
public sealed record ReportFileRow
{
    public required int ReportJobId { get; init; }

    /// <summary>1 upwards in the order to show them.</summary>
    public required int Ordinal { get; init; }

    /// <summary>With / between a folder and its files.</summary>
    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    public required long Length { get; init; }

    public required string Sha256 { get; init; }
}

/// <summary>A file to keep with a finished report.</summary>
public sealed record NewReportFile(string FileName, string ContentType, byte[] Content);

/// <summary>A file as it is given to somebody.</summary>
public sealed record ReportFileContent(ReportFileRow File, byte[] Content);
