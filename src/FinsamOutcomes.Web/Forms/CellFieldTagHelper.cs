using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FinsamOutcomes.Web.Forms;

/// <summary>A number in a table: its row and column are its label to the eye, so the label is only for screen readers.</summary>
[HtmlTargetElement("field-cell", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CellFieldTagHelper : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", field.Error is null ? "text-field cell" : "text-field text-field--error cell");
        var label = new TagBuilder("label") { Attributes = { ["for"] = field.Id } };
        label.AddCssClass("sr-only");
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(label);
        var input = field.Input("input", "text-field__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = "text";
        input.Attributes["inputmode"] = "numeric";
        input.Attributes["autocomplete"] = "off";
        input.Attributes["maxlength"] = "10";
        input.Attributes["value"] = field.Value;
        Focus(input, field);
        output
            .Content.AppendHtml("<div class=\"text-field__input-wrapper\"><div class=\"text-field__icon-wrapper\">")
            .AppendHtml(input)
            .AppendHtml("</div></div>");
        if (field.Error is null)
            return;
        var message = new TagBuilder("span");
        message.AddCssClass("label__message label__message--error");
        message.InnerHtml.Append(field.Error);
        input.Attributes["aria-describedby"] = field.Id + "-fel";
        output.Content.AppendHtml($"<div id=\"{Field.Encode(field.Id)}-fel\">").AppendHtml(message).AppendHtml("</div>");
    }
}
