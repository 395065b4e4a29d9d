namespace FinsamOutcomes.Reporting.Publishing.Attack;

/// <summary>What an attack found, in words, for the command line and the page.</summary>
public sealed class AttackWords
{
    private readonly AttackResult _result;
    private readonly List<AttackedNumber> _numbers;

    public AttackWords(AttackResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _result = result;
        _numbers = [.. result.Numbers.Where(n => n.Kind != AttackedKind.Curve)];
        Exact = [.. result.Exact];
        Narrow = [.. result.Exposed.Where(n => !n.IsExact)];
        Told = [.. _numbers.Where(n => n is { IsPrinted: true, IsDoubtful: false })];
    }

    /// <summary>Those that can be worked out.</summary>
    public IReadOnlyList<AttackedNumber> Exact { get; }

    /// <summary>Those with two possible values.</summary>
    public IReadOnlyList<AttackedNumber> Narrow { get; }

    /// <summary>Those that are hidden in one place and stand in another.</summary>
    public IReadOnlyList<AttackedNumber> Told { get; }

    /// <summary>Whether nothing was found, and all was judged.</summary>
    public bool IsClean => Exact.Count + Narrow.Count + Told.Count + Doubtful + _result.Unfinished + _result.Contradictions.Count == 0;

    /// <summary>How many numbers are hidden, and how many of them can be worked out.</summary>
    public string Answer =>
        _numbers.Count == 0
            ? "Inga tal är dolda."
            : $"{Swedish.Counted(_numbers.Count, "tal är dolt", "tal är dolda")}, var och ett räknat en gång även om det döljs på flera ställen. "
                + (Exact.Count + Narrow.Count > 0
                    ? $"{Swedish.Count(Exact.Count)} går att räkna ut exakt, och {Swedish.Count(Narrow.Count)} till har bara två möjliga värden."
                    : Told.Count > 0 ? $"{Swedish.Count(Told.Count)} av dem står öppet på ett annat ställe."
                    : Doubtful > 0 || _result.Unfinished > 0 ? "Inget som går att räkna ut hittades."
                    : "Inget av dem går att räkna ut ur det som står i filerna: varje dolt tal har minst tre möjliga värden.");

    /// <summary>What could not be judged, a sentence each.</summary>
    public IEnumerable<string> Reservations
    {
        get
        {
            if (Doubtful > 0)
                yield return $"{Swedish.Counted(Doubtful, "dolt tal hör", "dolda tal hör")} ihop med tal som inte går ihop, och kan inte bedömas.";
            if (_result.Unfinished > 0)
                yield return $"{Swedish.Counted(_result.Unfinished, "sökning", "sökningar")} hann inte bli klara: där kan mer gå att räkna ut än vad som står här.";
        }
    }

    private int Doubtful => _numbers.Count(n => n.IsDoubtful);

    /// <summary>Where a number is hidden: table, row and column.</summary>
    public static string Place(AttackedNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var place = number.Places[0];
        return string.Join(", ", new[] { place.Table, place.Row, place.Column }.Where(t => t.Length > 0));
    }

    /// <summary>What it is, or the two that it can be.</summary>
    public static string Value(AttackedNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var (lower, upper) = (Written(number.Lower), Written(number.Upper));
        return number.IsExact ? lower : lower == upper ? $"ungefär {lower}" : $"{lower} eller {upper}";

        string Written(double value) => number.Kind switch
        {
            AttackedKind.Share => Swedish.Percent(value),
            AttackedKind.Mean => Swedish.Number(value, 2),
            _ => Swedish.Count(value),
        };
    }
}
