using System.Globalization;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>The words about a report that every format prints: its facts and its marks.</summary>
internal static class DocumentFacts
{
    public const string InternalMark = "Internt underlag";
    public const string DemoMark = "Påhittade uppgifter";

    /// <summary>Label and text, in the order they are printed.</summary>
    public static IReadOnlyList<(string Label, string Text)> Of(ReportDocument document)
    {
        var facts = new List<(string, string)>
        {
            ("Period", Swedish.Period(document.PeriodFrom, document.PeriodTo)),
            ("Uppgifterna hämtade", Swedish.LongDate(document.GeneratedOn)),
            ("Publiceringsregel", document.PolicyText),
        };
        if (document.Publication is { } publication)
            facts.Insert(2, ("Publicering", string.Create(
                CultureInfo.InvariantCulture,
                $"nr {publication.Id}, läst ur registret {publication.ReadAt}{(publication.ReplacesId is { } replaced ? $", ersätter nr {replaced}" : "")}")));
        if (!document.IsYearOver)
            facts.Insert(
                1,
                (
                    "Året är inte slut",
                    $"Talen gäller hittills, till och med {Swedish.LongDate(document.PeriodTo)}, och kan ändras. Mål och budget gäller hela året."));
        if (document.IsInternal)
            facts.Add((InternalMark, "Små tal är inte dolda. Får inte publiceras eller lämnas vidare."));
        if (document.IsDemo)
            facts.Add((DemoMark, "Alla personer, insatser och siffror är påhittade för att visa hur rapporten ser ut."));
        return facts;
    }

    /// <summary>When it was read and which publication it is, as it stands on each page.</summary>
    public static string Read(ReportDocument document)
    {
        var number = document.Publication is { } publication ? string.Create(CultureInfo.InvariantCulture, $" · publicering nr {publication.Id}") : "";
        return $"Uppgifterna hämtade {Swedish.LongDate(document.GeneratedOn)}{number}";
    }

    /// <summary>The marks that stand on each page; empty when there are none.</summary>
    public static string Marks(ReportDocument document) =>
        string.Join(
            " · ",
            new[]
            {
                document.IsYearOver
                    ? null
                    : string.Create(CultureInfo.InvariantCulture, $"Hittills t.o.m. {document.PeriodTo:yyyy-MM-dd}"),
                document.IsInternal ? InternalMark : null,
                document.IsDemo ? DemoMark : null,
            }.OfType<string>());

    /// <summary>What the words in place of a number mean.</summary>
    public static IReadOnlyList<(string Word, string Meaning)> CellWords { get; } =
    [
        ("0", "Talet är noll: det har räknats och är ingen."),
        ("dold", "Det finns ett tal, men publiceringsregeln håller det tillbaka för att minska risken att någon känns igen."),
        ("inget underlag", "Det finns inget att räkna på, till exempel en andel av noll avslut, eller antalet går inte att säga för just den perioden."),
        ("ej tillfrågad", "Frågan har inte ställts, till exempel ett formulär som insatsen inte använder."),
    ];
}
