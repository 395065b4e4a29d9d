namespace FinsamOutcomes.Data.Import;

/// <summary>What whoever reads a file in has said of it, when it can't be seen from the file alone.</summary>
public sealed record ImportOptions
{
    public static ImportOptions None { get; } = new();

    /// <summary>A spreadsheet's number for a day, such as 45415, is read as that day.</summary>
    public bool ReadDayNumbers { get; init; }
}
