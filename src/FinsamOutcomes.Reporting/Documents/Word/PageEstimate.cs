using DocumentFormat.OpenXml;

namespace FinsamOutcomes.Reporting.Documents.Word;

internal static class PageEstimate
{
    public static IReadOnlyDictionary<string, int> Of(List<OpenXmlElement> front, List<OpenXmlElement> body, DocumentOutline outline) =>
        outline.Contents.ToDictionary(h => h.Anchor, _ => front.Count + body.Count > 0 ? 2 : 1);
}
