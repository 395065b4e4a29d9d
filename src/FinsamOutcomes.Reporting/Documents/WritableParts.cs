using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using FinsamOutcomes.Data.Registration;

namespace FinsamOutcomes.Reporting.Documents;

/// <summary>
/// Leaves out of a Word or Excel file what XML has no place for. Such signs are refused where texts are written, but a
/// single one that came in another way would otherwise stop the whole file.
/// </summary>
internal static class WritableParts
{
    /// <summary>Goes through all parts of a file that is ready to be saved.</summary>
    public static void Clean(OpenXmlPackage file) => Clean(file, []);

    private static void Clean(OpenXmlPartContainer container, HashSet<OpenXmlPart> seen)
    {
        foreach (var (part, _) in container.Parts.Select(p => (p.OpenXmlPart, p.RelationshipId)))
        {
            if (!seen.Add(part))
                continue;
            if (part.RootElement is { } root)
            {
                foreach (var element in root.Descendants())
                    Clean(element);
            }

            Clean(part, seen);
        }
    }

    private static void Clean(OpenXmlElement element)
    {
        if (element is OpenXmlLeafTextElement { Text: { } text } leaf && ForbiddenSigns.ForDocument(text) is var kept && !ReferenceEquals(kept, text))
            leaf.Text = kept;
        if (!element.HasAttributes)
            return;
        foreach (var attribute in element.GetAttributes())
        {
            if (attribute.Value is { } value && ForbiddenSigns.ForDocument(value) is var left && left != value)
                element.SetAttribute(new OpenXmlAttribute(attribute.Prefix, attribute.LocalName, attribute.NamespaceUri, left));
        }
    }
}
