using System.Globalization;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Title, author, language and date of an Office file. Written by hand: the packaging library gives the part a random
/// name, and the same report would then never be the same file twice.
/// </summary>
internal static class CoreProperties
{
    private static readonly XNamespace s_core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace s_dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace s_terms = "http://purl.org/dc/terms/";
    private static readonly XNamespace s_schema = "http://www.w3.org/2001/XMLSchema-instance";

    public static void Write(CoreFilePropertiesPart part, ReportDocument document)
    {
        var date = document.GeneratedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
        var xml = new XDocument(new XElement(s_core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "cp", s_core),
            new XAttribute(XNamespace.Xmlns + "dc", s_dublin),
            new XAttribute(XNamespace.Xmlns + "dcterms", s_terms),
            new XAttribute(XNamespace.Xmlns + "xsi", s_schema),
            new XElement(s_dublin + "title", ForbiddenSigns.ForDocument(document.Title)),
            new XElement(s_dublin + "subject", Swedish.Period(document.PeriodFrom, document.PeriodTo)),
            new XElement(s_dublin + "creator", ForbiddenSigns.ForDocument(document.Forbund)),
            new XElement(s_dublin + "language", "sv-SE"),
            new XElement(s_core + "keywords", DocumentFacts.Marks(document)),
            new XElement(s_terms + "created", new XAttribute(s_schema + "type", "dcterms:W3CDTF"), date),
            new XElement(s_terms + "modified", new XAttribute(s_schema + "type", "dcterms:W3CDTF"), date)));
        using var stream = part.GetStream(FileMode.Create, FileAccess.Write);
        xml.Save(stream);
    }
}
