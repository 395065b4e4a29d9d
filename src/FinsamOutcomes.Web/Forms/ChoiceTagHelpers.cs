using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FinsamOutcomes.Web.Forms;

/// <summary>A few alternatives that are all seen: one may be chosen.</summary>
[HtmlTargetElement("field-radios", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RadiosFieldTagHelper : FieldTagHelper
{
    public required IEnumerable<SelectListItem> Options { get; set; }

    /// <summary>Side by side where there is room.</summary>
    public bool IsHorizontal { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        ChoiceGroup.Write(this, output, Options, "radio", "radio-button", IsHorizontal);
}

/// <summary>Alternatives of which several may be chosen; the property is a list.</summary>
[HtmlTargetElement("field-checkboxes", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CheckboxesFieldTagHelper : FieldTagHelper
{
    public required IEnumerable<SelectListItem> Options { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        ChoiceGroup.Write(this, output, Options, "checkbox", "checkbox", isHorizontal: false);
}

/// <summary>One box to tick: a property that is true or false.</summary>
[HtmlTargetElement("field-checkbox", TagStructure = TagStructure.WithoutEndTag)]
public sealed class CheckboxFieldTagHelper : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "checkbox field--single");
        var input = field.Input("input", "checkbox__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = "checkbox";
        input.Attributes["value"] = "true";
        if (field.Values.Contains("true"))
            input.Attributes["checked"] = "checked";
        Focus(input, field);
        var label = new TagBuilder("label") { Attributes = { ["for"] = field.Id } };
        label.AddCssClass("checkbox__label");
        field.AppendLabel(label.InnerHtml, Label, Hint, IsOptional);
        output.Content.AppendHtml(input).AppendHtml(label);
    }
}

/// <summary>A fieldset with a legend and one box or button for each alternative.</summary>
internal static class ChoiceGroup
{
    public static void Write(
        FieldTagHelper helper,
        TagHelperOutput output,
        IEnumerable<SelectListItem> options,
        string type,
        string cssClass,
        bool isHorizontal)
    {
        var field = new Field(helper.For, helper.ViewContext);
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        var group = type == "radio" ? "radio-button-group" : "checkbox-group";
        output.Attributes.SetAttribute("class", $"fieldset {group}{(isHorizontal ? $" {group}--horizontal" : "")}");
        // The error summary links to the group; its first box has an id of its own.
        output.Attributes.SetAttribute("id", field.Id);
        output.Attributes.SetAttribute("tabindex", "-1");
        var legend = new TagBuilder("legend");
        legend.AddCssClass("label fieldset__label");
        field.AppendLabel(legend.InnerHtml, helper.Label, helper.Hint, helper.IsOptional);
        output.Content.AppendHtml(legend).AppendHtml($"<div class=\"{group}__content\">");
        var isFirst = true;
        foreach (var option in options)
        {
            // Sanitised whole: of a value by itself the first figure would be lost, and 1 to 9 be one.
            var id = TagBuilder.CreateSanitizedId($"{field.Id}-{option.Value}", "_");
            var input = field.Input("input", $"{cssClass}__input");
            input.TagRenderMode = TagRenderMode.SelfClosing;
            input.Attributes["id"] = id;
            input.Attributes["type"] = type;
            input.Attributes["value"] = option.Value;
            input.Attributes.Remove("aria-invalid");
            if (field.Values.Contains(option.Value))
                input.Attributes["checked"] = "checked";
            if (isFirst)
                helper.Focus(input, field);
            isFirst = false;
            var label = new TagBuilder("label") { Attributes = { ["for"] = id } };
            label.AddCssClass($"{cssClass}__label");
            label.InnerHtml.Append(option.Text);
            output.Content.AppendHtml($"<div class=\"{cssClass}\">").AppendHtml(input).AppendHtml(label).AppendHtml("</div>");
        }

        output.Content.AppendHtml("</div>");
    }
}
