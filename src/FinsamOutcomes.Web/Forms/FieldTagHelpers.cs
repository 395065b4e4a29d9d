using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace FinsamOutcomes.Web.Forms;

/// <summary>What every field has: the property it is for, its label, a hint, and how wide its input is.</summary>
public abstract class FieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    /// <summary>Says "(frivilligt)" after the label.</summary>
    public bool IsOptional { get; set; }

    /// <summary><c>small</c> (a year, a number), <c>medium</c> (a date, a code) or the whole width.</summary>
    public string? Width { get; set; }

    /// <summary>The field that has the cursor when the page opens; the first error takes its place.</summary>
    public bool IsFirst { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    internal void Wrap(TagHelperOutput output, Field field, string cssClass)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        var error = field.Error is null ? "" : $" {cssClass}--error";
        var width = Width is null ? "" : $" field--{Width}";
        output.Attributes.SetAttribute("class", cssClass + error + width);
        output.Content.AppendHtml(field.Label(Label, Hint, IsOptional));
    }

    internal void Focus(TagBuilder input, Field field)
    {
        if (field.Error is not null || (IsFirst && ViewContext.ViewData.ModelState.ErrorCount == 0))
            input.Attributes["autofocus"] = "autofocus";
    }
}

/// <summary>A line of text, a number or a date: <c>&lt;field-text for="Input.Code" label="Kod" /&gt;</c>.</summary>
[HtmlTargetElement("field-text", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextFieldTagHelper : FieldTagHelper
{
    /// <summary><c>text</c>, <c>email</c>, <c>password</c>, <c>search</c> or <c>tel</c>.</summary>
    public string Type { get; set; } = "text";

    /// <summary>Which keyboard a phone shows: <c>numeric</c>, <c>decimal</c>.</summary>
    public string? Inputmode { get; set; }

    public string Autocomplete { get; set; } = "off";

    public int? MaxLength { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        Wrap(output, field, "text-field");
        var input = field.Input("input", "text-field__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = Type;
        input.Attributes["autocomplete"] = Autocomplete;
        input.Attributes["spellcheck"] = "false";
        // A password is never sent back to the page.
        if (Type != "password")
            input.Attributes["value"] = field.Value;
        if (Inputmode is not null)
            input.Attributes["inputmode"] = Inputmode;
        if (MaxLength is { } length)
            input.Attributes["maxlength"] = Field.Text(length);
        Focus(input, field);
        output
            .Content.AppendHtml("<div class=\"text-field__input-wrapper\"><div class=\"text-field__icon-wrapper\">")
            .AppendHtml(input)
            .AppendHtml("</div></div>");
    }
}

/// <summary>A date, typed as people write it; see <see cref="SwedishDateBinder"/>.</summary>
[HtmlTargetElement("field-date", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateFieldTagHelper : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        // A phone's number keys have no hyphen.
        Hint ??= "ÅÅÅÅ-MM-DD eller ÅÅMMDD";
        Width ??= "medium";
        Wrap(output, field, "text-field");
        var input = field.Input("input", "text-field__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = "text";
        input.Attributes["inputmode"] = "numeric";
        input.Attributes["autocomplete"] = "off";
        input.Attributes["value"] = field.Value;
        Focus(input, field);
        output
            .Content.AppendHtml("<div class=\"text-field__input-wrapper\"><div class=\"text-field__icon-wrapper\">")
            .AppendHtml(input)
            .AppendHtml("</div></div>");
    }
}

/// <summary>A file to send. What was chosen is never sent back to the page: it is chosen anew.</summary>
[HtmlTargetElement("field-file", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FileFieldTagHelper : FieldTagHelper
{
    /// <summary>What the browser offers first, such as <c>.csv</c>.</summary>
    public string? Accept { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        Wrap(output, field, "text-field");
        var input = field.Input("input", "file-field__input");
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = "file";
        if (Accept is not null)
            input.Attributes["accept"] = Accept;
        Focus(input, field);
        output.Content.AppendHtml(input);
    }
}

/// <summary>Several lines of text.</summary>
[HtmlTargetElement("field-textarea", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TextareaFieldTagHelper : FieldTagHelper
{
    public int Rows { get; set; } = 4;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        Wrap(output, field, "textarea-field");
        var input = field.Input("textarea", "textarea-field__textarea");
        input.Attributes["rows"] = Field.Text(Rows);
        // The first line break after the tag is not part of the text.
        input.InnerHtml.Append("\n" + field.Value);
        Focus(input, field);
        output.Content.AppendHtml(input);
    }
}

/// <summary>A choice from a list that folds out. Without a chosen value the first line is <see cref="Empty"/>.</summary>
[HtmlTargetElement("field-select", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SelectFieldTagHelper : FieldTagHelper
{
    internal const string Arrow =
        "<div class=\"select-field__icon\"><svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 20 20\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" d=\"m4 7 6 6 6-6\"/></svg></div>";

    public required IEnumerable<SelectListItem> Options { get; set; }

    /// <summary>The line that chooses nothing; null when something must be chosen from the start.</summary>
    public string? Empty { get; set; } = "Välj";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var field = new Field(For, ViewContext);
        Wrap(output, field, "select-field");
        var select = field.Input("select", "select-field__select");
        if (!string.IsNullOrEmpty(Empty))
            select.InnerHtml.AppendHtml(Option("", Empty, field.Value.Length == 0));
        foreach (var group in Options.GroupBy(o => o.Group?.Name ?? ""))
        {
            var options = group.Select(o => Option(o.Value, o.Text, o.Value == field.Value));
            if (group.Key.Length == 0)
            {
                foreach (var option in options)
                    select.InnerHtml.AppendHtml(option);
                continue;
            }

            var tag = new TagBuilder("optgroup") { Attributes = { ["label"] = group.Key } };
            foreach (var option in options)
                tag.InnerHtml.AppendHtml(option);
            select.InnerHtml.AppendHtml(tag);
        }

        Focus(select, field);
        output.Content.AppendHtml("<div class=\"select-field__icon-wrapper\">").AppendHtml(select).AppendHtml(Arrow).AppendHtml("</div>");
    }

    private static TagBuilder Option(string value, string text, bool isChosen)
    {
        var option = new TagBuilder("option") { Attributes = { ["value"] = value } };
        if (isChosen)
            option.Attributes["selected"] = "selected";
        option.InnerHtml.Append(text);
        return option;
    }
}
