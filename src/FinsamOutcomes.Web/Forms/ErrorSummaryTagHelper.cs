using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FinsamOutcomes.Web.Forms;

/// <summary>Everything that is wrong with the form, above it, each with a link to its field. Nothing when nothing is wrong.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper : TagHelper
{
    /// <summary>What comes of the errors.</summary>
    public string Heading { get; set; } = "Inget har sparats. Det här behöver rättas:";

    /// <summary>
    /// Several errors, or one without a field, take the cursor to the summary; a single one leaves it to its field. False
    /// where typing goes on at the first field that is wrong, as in a pile of papers.
    /// </summary>
    public bool TakesFocus { get; set; } = true;

    /// <summary>
    /// The names of the fields in the order of the form, where that was sent before this request, or where some of them send nothing: each
    /// that wasn't sent stands after the one before it.
    /// </summary>
    public IReadOnlyList<string> FieldOrder { get; set; } = [];

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // In the order of the form as it was sent; a group without a tick sends nothing and comes last.
        var request = ViewContext.HttpContext.Request;
        var sent = request.HasFormContentType ? request.Form.Keys.ToList() : [];
        for (var i = 0; i < FieldOrder.Count; i++)
        {
            if (!sent.Contains(FieldOrder[i], StringComparer.Ordinal))
                sent.Insert(i == 0 ? 0 : sent.IndexOf(FieldOrder[i - 1]) + 1, FieldOrder[i]);
        }

        var errors = ViewContext
            .ViewData.ModelState.Where(e => e.Value!.Errors.Count > 0)
            .OrderBy(e => sent.IndexOf(e.Key) is var place and >= 0 ? place : sent.Count)
            .ToList();
        if (errors.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "message-box message-box--error");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("id", "fel");
        if (TakesFocus && (errors.Count > 1 || !HasField(errors[0].Key, errors[0].Value!)))
        {
            output.Attributes.SetAttribute("tabindex", "-1");
            output.Attributes.SetAttribute("autofocus", "autofocus");
        }

        output
            .Content.AppendHtml("<h2 class=\"message-box__heading\">")
            .Append(Heading)
            .AppendHtml("</h2><ul class=\"error-list__list error-list--list-style-none\">");
        // What is wrong with two fields together is told once here, and beside both.
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, entry) in errors)
        {
            foreach (var message in entry!.Errors.Select(e => e.ErrorMessage).Where(told.Add))
            {
                output.Content.AppendHtml("<li class=\"error-list__link\">");
                if (HasField(name, entry))
                    output.Content.AppendHtml($"<a href=\"#{Field.Encode(TagBuilder.CreateSanitizedId(name, "_"))}\">").Append(message).AppendHtml("</a>");
                else
                    output.Content.Append(message);
                output.Content.AppendHtml("</li>");
            }
        }

        output.Content.AppendHtml("</ul>");
    }

    // A message about the whole form has no field to go to.
    private static bool HasField(string name, ModelStateEntry entry) => entry.RawValue is not null || name.Contains('.', StringComparison.Ordinal);
}
