namespace FinsamOutcomes.Reporting.Extracts;

/// <summary>Everything that is stored about one person, to be read by the person (Word) and by another system (JSON): both hold the same.</summary>
public sealed record Extract
{
    public required string Title { get; init; }

    public required string Forbund { get; init; }

    /// <summary>The person's code, or what an erased person's row is called.</summary>
    public required string Code { get; init; }

    /// <summary>Local time that it was read.</summary>
    public required DateTime ReadAt { get; init; }

    /// <summary>What it is, a paragraph each.</summary>
    public required IReadOnlyList<string> Introduction { get; init; }

    public required IReadOnlyList<ExtractSection> Sections { get; init; }
}

/// <summary>One kind of what is stored.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Entries">What there is of it.</param>
/// <param name="Empty">What is said when there is nothing.</param>
public sealed record ExtractSection(string Title, IReadOnlyList<ExtractEntry> Entries, string Empty)
{
    /// <summary>A sentence before the entries.</summary>
    public string? Note { get; init; }
}

/// <summary>One row of it.</summary>
/// <param name="Title">What tells it from the others; null where it is alone.</param>
/// <param name="Facts">What it is called and what it is, in order.</param>
public sealed record ExtractEntry(string? Title, IReadOnlyList<ExtractFact> Facts);

public sealed record ExtractFact(string Label, string Value);
