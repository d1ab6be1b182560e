-- What somebody does in Neovim who writes in a library; `test_neovim.py` starts it there and reads what it saw.
-- Each step waits for what it is to bring about, and never for a time.

local seen = {}

local function leave(code)
  vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
  vim.cmd(code == 0 and "qall!" or "cquit!")
end

local function until_(what, is_so)
  if not vim.wait(100000, is_so, 20) then
    seen.missed = what .. ": " .. vim.inspect(vim.diagnostic.get())
    leave(1)
  end
end

local function file()
  return vim.fn.expand("%:t")
end

local function lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

--- Puts the cursor in the middle of the first word like this.
local function go(word)
  for row, line in ipairs(lines()) do
    local at = line:find(word, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { row, at + math.floor(#word / 2) - 1 })
      return row
    end
  end
  seen.missed = "no " .. word .. " in " .. table.concat(lines(), "\n")
  leave(1)
end

--- What the server answers about the cursor, and how it counts the places in a line.
local function asked(method, more)
  local client = vim.lsp.get_client_by_id(next(vim.lsp.buf_get_clients(0)))
  local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend("force", at, more or {}), 100000)
  for _, answer in pairs(answers or {}) do
    if answer.result then
      return answer.result, client.offset_encoding
    end
  end
end

local function run()
  vim.cmd("edit content/guides/one.md")
  until_("a fault at the start", function() return #vim.diagnostic.get(0) == 1 end)
  local fault = vim.diagnostic.get(0)[1]
  seen.fault = { fault.lnum, fault.col, fault.end_col, fault.code, fault.message }

  local row = go("themes")
  seen.hover = asked("textDocument/hover").contents.value
  vim.api.nvim_win_set_cursor(0, { row, #"themes: [" })
  seen.offered = {}
  local offers = asked("textDocument/completion")
  for _, item in ipairs(vim.lsp.util.extract_completion_items(offers)) do
    table.insert(seen.offered, item.label)
  end

  go("mentring")
  local span = vim.lsp.util.make_range_params().range
  local actions, encoding = asked("textDocument/codeAction", { range = span, context = { diagnostics = {} } })
  seen.action = actions[1].title
  vim.lsp.util.apply_workspace_edit(actions[1].edit, encoding)
  until_("the end of the fault", function() return #vim.diagnostic.get(0) == 0 end)
  seen.mended = lines()[row]

  go("two.md")
  vim.lsp.buf.definition()
  until_("the page that the link leads to", function() return file() == "two.md" end)
  seen.led = vim.api.nvim_get_current_line()
  vim.cmd("edit #")

  go("two.md")
  vim.lsp.buf.rename("second")
  until_("another link", function() return table.concat(lines(), "\n"):find("second.md", 1, true) ~= nil end)
  local edits
  edits, encoding = asked("textDocument/formatting", { options = { tabSize = 2, insertSpaces = true } })
  vim.lsp.util.apply_text_edits(edits, vim.api.nvim_get_current_buf(), encoding)
  vim.cmd("wall")
end

local is_done, why = pcall(run)
if not is_done then
  seen.missed = tostring(why)
end
leave(is_done and 0 or 1)
