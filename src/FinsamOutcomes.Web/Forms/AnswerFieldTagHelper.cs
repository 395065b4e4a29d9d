using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FinsamOutcomes.Web.Forms;

/// <summary>
/// The answer to one question of an instrument: a number on its scale, or a letter that says why there is none. The scale
/// is told to the script, which moves on when no longer number is possible. All keys are offered until the script runs:
/// a phone's number keys have no letters, and only the script adds buttons for them.
/// </summary>
[HtmlTargetElement("field-answer", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnswerFieldTagHelper : FieldTagHelper
{
    public required decimal ScaleMin { get; set; }

    public required decimal ScaleMax { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        Width = "small";
        Wrap(output, field, "text-field");
        output.Attributes.SetAttribute("data-question", "");
        var input = field.Input("input", "text-field__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = "text";
        input.Attributes["autocomplete"] = "off";
        input.Attributes["spellcheck"] = "false";
        input.Attributes["autocapitalize"] = "off";
        input.Attributes["maxlength"] = "20";
        input.Attributes["value"] = field.Value;
        input.Attributes["data-min"] = ScaleMin.ToString("0.####", CultureInfo.InvariantCulture);
        input.Attributes["data-max"] = ScaleMax.ToString("0.####", CultureInfo.InvariantCulture);
        Focus(input, field);
        output
            .Content.AppendHtml("<div class=\"text-field__input-wrapper\"><div class=\"text-field__icon-wrapper\">")
            .AppendHtml(input)
            .AppendHtml("</div></div>");
    }
}
