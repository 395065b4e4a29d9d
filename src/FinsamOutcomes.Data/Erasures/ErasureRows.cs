namespace FinsamOutcomes.Data.Erasures;

/// <summary>Why somebody is erased, as it is stored, and what it is called.</summary>
public static class ErasureReason
{
    /// <summary>The time that the rules give has passed.</summary>
    public const string Rule = "rule";

    /// <summary>What one person is erased for at once, with their words.</summary>
    public static IReadOnlyList<(string Code, string Label)> OfOne { get; } =
    [
        ("withdrawn", "Samtycket är återkallat"),
        ("mistake", "Registrerad av misstag"),
        ("asked", "Personen har begärt det"),
        ("other", "Uppgifterna behövs inte längre"),
    ];

    public static string InWords(string code) => code == Rule ? "tiden har gått ut" : OfOne.First(r => r.Code == code).Label;
}

/// <summary>Somebody who falls due, or whom an erasure is about: by code, never by name.</summary>
public sealed record DueParticipantRow
{
    public required int ParticipantId { get; init; }

    public required string Code { get; init; }

    public required DateOnly? LastOn { get; init; }

    public required DateOnly? DueOn { get; init; }
}

/// <summary>An insats that somebody who falls due has been in.</summary>
public sealed record DueInsatsRow
{
    public required int ParticipantId { get; init; }

    public required string Insats { get; init; }
}

/// <summary>Whether somebody can be erased, and when the time runs out.</summary>
public sealed record ErasureStateRow
{
    public required DateOnly? LastOn { get; init; }

    /// <summary>A stay is in queue or ongoing.</summary>
    public required bool IsOpen { get; init; }

    public required DateOnly? DueOn { get; init; }
}

/// <summary>What is stored of people: what goes, and what stays.</summary>
public sealed record ErasureHoldingsRow
{
    public required int Codes { get; init; }

    public required int Names { get; init; }

    public required int PersonalNumbers { get; init; }

    public required int Consents { get; init; }

    public required int CorrectionRequests { get; init; }

    /// <summary>Free texts about the person: why a remark was put to rest, why somebody asked to open.</summary>
    public required int Texts { get; init; }

    public required int Stays { get; init; }

    public required int Assessments { get; init; }

    /// <summary>What is taken away.</summary>
    public string GoesInWords
    {
        get
        {
            (int Count, string One, string Many)[] parts =
            [
                (Codes, "deltagarkod", "deltagarkoder"),
                (Names, "namn", "namn"),
                (PersonalNumbers, "personnummer", "personnummer"),
                (Consents, "samtycke", "samtycken"),
                (CorrectionRequests, "begäran om rättelse", "begäranden om rättelse"),
                (Texts, "anteckning i fri text", "anteckningar i fri text"),
            ];
            return string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{p.Count} {(p.Count == 1 ? p.One : p.Many)}"));
        }
    }

    /// <summary>What is left.</summary>
    public string StaysInWords =>
        $"{Stays} {(Stays == 1 ? "deltagande" : "deltaganden")} och {Assessments} {(Assessments == 1 ? "självskattning" : "självskattningar")}";

    public static ErasureHoldingsRow operator +(ErasureHoldingsRow a, ErasureHoldingsRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new ErasureHoldingsRow
        {
            Codes = a.Codes + b.Codes,
            Names = a.Names + b.Names,
            PersonalNumbers = a.PersonalNumbers + b.PersonalNumbers,
            Consents = a.Consents + b.Consents,
            CorrectionRequests = a.CorrectionRequests + b.CorrectionRequests,
            Texts = a.Texts + b.Texts,
            Stays = a.Stays + b.Stays,
            Assessments = a.Assessments + b.Assessments,
        };
    }

    public static ErasureHoldingsRow Add(ErasureHoldingsRow left, ErasureHoldingsRow right) => left + right;
}

/// <summary>What an erasure would do, before it is decided.</summary>
/// <param name="Holdings">What goes, and what stays.</param>
/// <param name="InsatserWithTexts">
/// The insatser of the people, by name, that somebody has written about for the annual report. A name that was written there is
/// not found by the erasing: a text is about an insats, and a search for a name finds others of the same.
/// </param>
public sealed record ErasurePreview(ErasureHoldingsRow Holdings, IReadOnlyList<string> InsatserWithTexts)
{
    private const int Named = 10;

    /// <summary>Where somebody should look themselves; null when there is nowhere.</summary>
    public string? ToReadInWords => InsatserWithTexts.Count == 0
        ? null
        : $"Texterna till årsredovisningen om {string.Join(", ", InsatserWithTexts.Take(Named))}{(InsatserWithTexts.Count > Named ? $" och {InsatserWithTexts.Count - Named} till" : "")} söks inte igenom. Nämns någon vid namn där: ändra texten under Texter, och gör om rapporter som har den.";
}

/// <summary>A decision to erase: by whom, where it stands, and how many it is about.</summary>
public sealed record ErasureRow
{
    public required int Id { get; init; }

    public required string Reason { get; init; }

    public required string AskedBy { get; init; }

    /// <summary>Null for the command line.</summary>
    public required int? AskedById { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }

    public required string State { get; init; }

    public required DateTime? DecidedAt { get; init; }

    public required string? DecidedBy { get; init; }

    public required DateTime? DoneAt { get; init; }

    public required DateTime? CleanedAt { get; init; }

    public required int People { get; init; }

    public required int Erased { get; init; }

    /// <summary>Those who had come back, or whose time had changed, when their turn came.</summary>
    public required int Kept { get; init; }
}

/// <summary>An erasure that is decided and not done, or not cleaned after.</summary>
public sealed record UndoneErasureRow
{
    public required int Id { get; init; }

    public required int ForbundId { get; init; }

    public required string Reason { get; init; }

    public required string AskedBy { get; init; }

    public required string? DecidedBy { get; init; }

    public required string State { get; init; }
}

/// <summary>Somebody who is not erased.</summary>
public sealed record LivingParticipantRow
{
    public required int ForbundId { get; init; }

    public required int Id { get; init; }

    /// <summary>Empty for one registered before there were such.</summary>
    public required string ErasureMark { get; init; }
}

/// <summary>What tells one row from another that gets its id.</summary>
public sealed record ErasureMarkRow
{
    public required string ErasureMark { get; init; }

    public required bool IsErased { get; init; }
}
