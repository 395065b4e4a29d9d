namespace FinsamOutcomes.Data.CodeLists;

/// <summary>One code list as a förbund has chosen it.</summary>
/// <param name="Name">The list, such as <see cref="Referrer"/>.</param>
/// <param name="Values">All values, in the order they are shown, also those that forms don't offer.</param>
public sealed record CodeList(string Name, IReadOnlyList<CodeValueRow> Values)
{
    public const string ExitReason = "exit_reason";
    public const string EducationLevel = "education_level";
    public const string Referrer = "referrer";
    public const string Livelihood = "livelihood";
    public const string TargetGroup = "target_group";
    public const string SpecificOrientation = "specific_orientation";

    /// <summary>Every list that a förbund can choose from, with its heading.</summary>
    public static IReadOnlyList<(string List, string Heading)> All { get; } =
    [
        (ExitReason, "Avslutsorsaker"),
        (Referrer, "Remittenter"),
        (EducationLevel, "Utbildning"),
        (Livelihood, "Försörjning"),
        (TargetGroup, "Målgrupper"),
        (SpecificOrientation, "Specifik inriktning"),
    ];

    /// <summary>What a form offers: the values that are chosen, and those that are already registered in what it shows.</summary>
    public IReadOnlyList<CodeRow> Offered(params IEnumerable<string?> registered)
    {
        var kept = registered.ToHashSet(StringComparer.Ordinal);
        return [.. Values.Where(v => v.IsOffered || kept.Contains(v.Code)).Select(v => new CodeRow { Code = v.Code, Label = v.Label })];
    }

    /// <summary>The förbund's word for a code; the code itself when the list doesn't hold it.</summary>
    public string Label(string code) => Values.FirstOrDefault(v => v.Code == code)?.Label ?? code;
}

/// <summary>A value of a code list, and what the förbund makes of it.</summary>
public sealed record CodeValueRow
{
    public required string Code { get; init; }

    /// <summary>What a user sees: the förbund's own word, or the shared one.</summary>
    public required string Label { get; init; }

    /// <summary>The word that all förbund share, and that Uppföljning Finsam uses.</summary>
    public required string SharedLabel { get; init; }

    /// <summary>Null when the förbund uses the shared word.</summary>
    public required string? OwnLabel { get; init; }

    /// <summary>Whether forms offer it for what is new.</summary>
    public required bool IsOffered { get; init; }

    /// <summary>0 until the förbund has chosen something.</summary>
    public required int Version { get; init; }
}

/// <summary>What a förbund chooses of a list.</summary>
public sealed record CodeListChange
{
    /// <summary>In characters.</summary>
    public const int LongestLabel = 100;

    public required int ForbundId { get; init; }

    /// <summary>Such as <see cref="CodeList.Referrer"/>.</summary>
    public required string List { get; init; }

    public required IReadOnlyList<CodeChoice> Values { get; init; }

    public string Actor { get; init; } = "finsam";

    /// <summary>The field that an error in the word of value number <paramref name="index"/> is told for.</summary>
    public static string LabelField(int index) => $"Values[{index}].Label";
}

/// <summary>What a förbund chooses for a value.</summary>
public sealed record CodeChoice
{
    public required string Code { get; init; }

    public required bool IsOffered { get; init; }

    /// <summary>Null or empty for the shared word.</summary>
    public string? Label { get; init; }

    /// <summary>The version that was read.</summary>
    public required int Version { get; init; }
}
